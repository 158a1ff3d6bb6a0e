package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
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

  /** The distributions of all tokens of {@code rows}, by the {@code functions} of the model. */
  public TokenDistributions(
      List<Sequence> rows,
      int vocabularySize,
      double temperature,
      ExpAndLog functions,
      Logits source) {
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
        if (rows.get(i).kept().isPresent()) {
          rows.get(i).kept().get().leaveOut(t, logits);
        }
        distributions[i][t] = TokenDistribution.of(logits, temperature, functions);
        ofChosen[i][t] = distributions[i][t].logProbability(chosen(i, t));
        entropies[i][t] = distributions[i][t].entropy();
      }
    }
    this.logProbs = new TokenLogProbs(TokenTable.of(ofChosen), TokenTable.of(entropies));
  }

  private TokenDistributions(
      List<Sequence> rows, TokenDistribution[][] distributions, TokenLogProbs logProbs) {
    this.rows = rows;
    this.distributions = distributions;
    this.logProbs = logProbs;
  }

  /** The rows of all these, one after the other. */
  public static TokenDistributions join(List<TokenDistributions> parts) {
    List<Sequence> rows = new ArrayList<>();
    List<TokenDistribution[]> distributions = new ArrayList<>();
    List<DoubleVector> ofChosen = new ArrayList<>();
    List<DoubleVector> entropies = new ArrayList<>();
    for (TokenDistributions part : parts) {
      rows.addAll(part.rows);
      distributions.addAll(List.of(part.distributions));
      for (int i = 0; i < part.rows.size(); i++) {
        ofChosen.add(part.logProbs.table().row(i));
        entropies.add(part.logProbs.entropies().row(i));
      }
    }
    return new TokenDistributions(
        rows,
        distributions.toArray(TokenDistribution[][]::new),
        new TokenLogProbs(TokenTable.of(ofChosen), TokenTable.of(entropies)));
  }

  /** One of the rows alone. */
  public TokenDistributions row(int row) {
    TokenLogProbs alone =
        new TokenLogProbs(
            logProbs.table().select(List.of(row)), logProbs.entropies().select(List.of(row)));
    return new TokenDistributions(
        List.of(rows.get(row)), new TokenDistribution[][] {distributions[row]}, alone);
  }

  /** The distribution that one token was drawn from. */
  public TokenDistribution at(int row, int token) {
    return distributions[row][token];
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
