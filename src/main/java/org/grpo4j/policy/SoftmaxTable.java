package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/**
 * A table of logits, one row of {@code V} for every context, read as distributions. It does not
 * change the logits; who made it may.
 */
final class SoftmaxTable {

  private final PrefixIndex index;
  private final double[] logits;

  /**
   * @param logits row after row; kept, not copied
   */
  SoftmaxTable(PrefixIndex index, double[] logits) {
    this.index = index;
    this.logits = logits;
  }

  /** {@code log p_j = z_j / tau - log sum_k exp(z_k / tau)} (Eq. 23) in {@code context}, [V]. */
  double[] logProbabilities(int context, double temperature) {
    int vocabularySize = index.vocabularySize();
    double[] logProbs = new double[vocabularySize];
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < vocabularySize; j++) {
      logProbs[j] = logits[context * vocabularySize + j] / temperature;
      largest = Math.max(largest, logProbs[j]);
    }
    double sum = 0;
    for (double scaled : logProbs) {
      sum += Math.exp(scaled - largest);
    }
    double logSum = Math.log(sum);
    for (int j = 0; j < vocabularySize; j++) {
      logProbs[j] -= largest + logSum;
    }
    return logProbs;
  }

  /** {@code H = -sum_j p_j log p_j} in nats (Eq. 9), with 0 log 0 = 0. */
  static double entropy(double[] logProbs) {
    double entropy = 0;
    for (double logProb : logProbs) {
      double p = Math.exp(logProb);
      entropy -= p == 0 ? 0 : p * logProb;
    }
    return entropy;
  }

  /** The context each token of {@code row} is drawn in, {@code [T_i]}. */
  int[] contexts(Sequence row) {
    return index.contexts(row);
  }

  TokenLogProbs logProbs(List<Sequence> rows, double temperature) {
    double[][] logProbs = new double[rows.size()][];
    double[][] entropies = new double[rows.size()][];
    for (int i = 0; i < rows.size(); i++) {
      int[] contexts = contexts(rows.get(i));
      logProbs[i] = new double[contexts.length];
      entropies[i] = new double[contexts.length];
      for (int t = 0; t < contexts.length; t++) {
        double[] distribution = logProbabilities(contexts[t], temperature);
        logProbs[i][t] = distribution[rows.get(i).completion().get(t)];
        entropies[i][t] = entropy(distribution);
      }
    }
    return new TokenLogProbs(TokenTable.of(logProbs), TokenTable.of(entropies));
  }

  Decoding startDecoding(List<TokenSequence> prompts, int copies) {
    int[] contexts = new int[prompts.size() * copies];
    for (int row = 0; row < contexts.length; row++) {
      contexts[row] = index.start(prompts.get(row / copies));
    }
    return new TableDecoding(contexts);
  }

  /** Every completion of {@code prompt} with its probability, in the order of the token ids. */
  List<EnumeratedCompletion> enumerate(TokenSequence prompt, double temperature) {
    List<EnumeratedCompletion> found = new ArrayList<>();
    extend(index.start(prompt), new int[0], 0.0, temperature, found);
    return found;
  }

  private void extend(
      int context,
      int[] prefix,
      double prefixLogProb,
      double temperature,
      List<EnumeratedCompletion> found) {
    double[] logProbs = logProbabilities(context, temperature);
    for (int token = 0; token < logProbs.length; token++) {
      int[] extended = Arrays.copyOf(prefix, prefix.length + 1);
      extended[prefix.length] = token;
      double logProb = prefixLogProb + logProbs[token];
      if (token == Vocabulary.END || extended.length == index.maxNewTokens()) {
        found.add(new EnumeratedCompletion(TokenSequence.of(extended), logProb));
      } else {
        extend(index.child(context, token), extended, logProb, temperature, found);
      }
    }
  }

  /** Rows that walk down the tree of prefixes. */
  private final class TableDecoding implements Decoding {

    private final int[] contexts;
    private int written;

    TableDecoding(int[] contexts) {
      this.contexts = contexts;
    }

    @Override
    public int rows() {
      return contexts.length;
    }

    @Override
    public void logits(int row, double[] into) {
      if (written == index.maxNewTokens()) {
        throw new IllegalStateException(
            "completion: may have " + written + " tokens at most, asked for one more");
      }
      int vocabularySize = index.vocabularySize();
      System.arraycopy(logits, contexts[row] * vocabularySize, into, 0, vocabularySize);
    }

    @Override
    public void advance(int[] tokens) {
      written++;
      for (int row = 0; row < contexts.length && written < index.maxNewTokens(); row++) {
        contexts[row] = index.child(contexts[row], tokens[row]);
      }
    }

    @Override
    public void close() {}
  }
}
