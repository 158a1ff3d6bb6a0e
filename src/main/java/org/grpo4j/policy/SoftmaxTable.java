package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/**
 * A table of logits, one row of {@code V} for every context, read as distributions. It does not
 * change the logits; who made it may.
 */
final class SoftmaxTable implements TokenModel {

  private final PrefixIndex index;
  private final double[] logits;

  /**
   * @param logits row after row; kept, not copied
   */
  SoftmaxTable(PrefixIndex index, double[] logits) {
    this.index = index;
    this.logits = logits;
  }

  /** The context each token of {@code row} is drawn in, {@code [T_i]}. */
  int[] contexts(Sequence row) {
    return index.contexts(row);
  }

  @Override
  public TokenDistributions distributions(List<Sequence> rows, double temperature) {
    List<int[]> contexts = rows.stream().map(this::contexts).toList();
    return new TokenDistributions(
        rows,
        index.vocabularySize(),
        temperature,
        functions(),
        (row, token, into) -> logits(contexts.get(row)[token], into));
  }

  /** Row {@code context} of the table. */
  private void logits(int context, double[] into) {
    System.arraycopy(logits, context * into.length, into, 0, into.length);
  }

  @Override
  public int vocabularySize() {
    return index.vocabularySize();
  }

  @Override
  public ExpAndLog functions() {
    return ExpAndLog.PORTABLE;
  }

  @Override
  public int contextLength() {
    return index.contextLength();
  }

  @Override
  public Decoding startDecoding(List<TokenSequence> prompts, int copies) {
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
    double[] here = new double[index.vocabularySize()];
    logits(context, here);
    TokenDistribution next = TokenDistribution.of(here, temperature, functions());
    for (int token = 0; token < here.length; token++) {
      int[] extended = Arrays.copyOf(prefix, prefix.length + 1);
      extended[prefix.length] = token;
      double logProb = prefixLogProb + next.logProbability(token);
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
      SoftmaxTable.this.logits(contexts[row], into);
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
