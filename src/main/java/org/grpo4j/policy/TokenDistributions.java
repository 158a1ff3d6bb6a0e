package org.grpo4j.policy;

import java.util.List;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;

/** The distributions that the tokens of some completions were drawn from. */
public final class TokenDistributions {

  private final List<Sequence> rows;
  private final TokenDistribution[][] distributions;
  private final TokenLogProbs logProbs;

  /** A computation of logits. */
  public interface Logits {

    /**
     * Writes the logits that token {@code token} of row {@code row} was drawn from, {@code [V]}.
     */
    void read(int row, int token, double[] into);
  }

  /** The distributions of all tokens of {@code rows}. */
  public TokenDistributions(
      List<Sequence> rows, int vocabularySize, double temperature, Logits source) {
    this.rows = rows;
    this.distributions = new TokenDistribution[rows.size()][];
    double[][] ofChosen = new double[rows.size()][];
    double[][] entropies = new double[rows.size()][];
    double[] logits = new double[vocabularySize];
    for (int i = 0; i < distributions.length; i++) {
      int length = rows.get(i).completion().length();
      distributions[i] = new TokenDistribution[length];
      ofChosen[i] = new double[length];
      entropies[i] = new double[length];
      for (int t = 0; t < length; t++) {
        source.read(i, t, logits);
        distributions[i][t] = TokenDistribution.of(logits, temperature);
        ofChosen[i][t] = distributions[i][t].logProbability(chosen(i, t));
        entropies[i][t] = distributions[i][t].entropy();
      }
    }
    this.logProbs = new TokenLogProbs(TokenTable.of(ofChosen), TokenTable.of(entropies));
  }

  /** The log-probabilities of the tokens that were drawn, and all entropies. */
  public TokenLogProbs logProbs() {
    return logProbs;
  }

  /** {@code p_j} of one token, {@code [V]}. */
  public double[] probabilities(int row, int token) {
    TokenDistribution distribution = distributions[row][token];
    double[] probabilities = new double[distribution.size()];
    for (int j = 0; j < probabilities.length; j++) {
      probabilities[j] = distribution.probability(j);
    }
    return probabilities;
  }

  /** {@link TokenDistribution#lossByLogits} of one token. */
  public void lossByLogits(int row, int token, double g, double h, double[] into) {
    distributions[row][token].lossByLogits(chosen(row, token), g, h, into);
  }

  private int chosen(int row, int token) {
    return rows.get(row).completion().get(token);
  }
}
