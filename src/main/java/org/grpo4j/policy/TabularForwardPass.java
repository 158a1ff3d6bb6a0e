package org.grpo4j.policy;

import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;

/** The forward pass of a {@link TabularPolicy}, and its backward pass in closed form. */
final class TabularForwardPass implements ForwardPass {

  private final List<Sequence> rows;
  private final int vocabularySize;
  private final List<int[]> contexts;
  private final TokenDistributions distributions;
  private final double[] gradient;

  /**
   * @param gradient where {@link #backward} adds to; laid out like the table
   */
  TabularForwardPass(
      SoftmaxTable table, List<Sequence> rows, double temperature, double[] gradient) {
    this.rows = List.copyOf(rows);
    this.vocabularySize = table.vocabularySize();
    this.contexts = rows.stream().map(table::contexts).toList();
    this.distributions = table.distributions(rows, temperature);
    this.gradient = gradient;
  }

  @Override
  public TokenLogProbs logProbs() {
    return distributions.logProbs();
  }

  @Override
  public double[] probabilities(int row, int token) {
    return distributions.probabilities(row, token);
  }

  @Override
  public void backward(TokenTable lossByLogProb, TokenTable lossByEntropy) {
    addGradients(lossByLogProb, lossByEntropy, gradient);
  }

  @Override
  public DoubleVector gradientOf(TokenTable lossByLogProb, TokenTable lossByEntropy) {
    double[] alone = new double[gradient.length];
    addGradients(lossByLogProb, lossByEntropy, alone);
    return DoubleVector.of(alone);
  }

  @Override
  public void backward(Coefficients lossByLogProbs) {
    double[] all = new double[vocabularySize];
    double[] lossByLogits = new double[vocabularySize];
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < contexts.get(i).length; t++) {
        TokenDistribution distribution = distributions.at(i, t);
        lossByLogProbs.of(i, t, distribution.logProbabilities(), all);
        distribution.lossByLogits(all, lossByLogits);
        int firstLogit = contexts.get(i)[t] * vocabularySize;
        for (int j = 0; j < vocabularySize; j++) {
          gradient[firstLogit + j] += lossByLogits[j];
        }
      }
    }
  }

  private void addGradients(TokenTable lossByLogProb, TokenTable lossByEntropy, double[] into) {
    requireShape("lossByLogProb", lossByLogProb);
    requireShape("lossByEntropy", lossByEntropy);
    double[] lossByLogits = new double[vocabularySize];
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < contexts.get(i).length; t++) {
        double g = lossByLogProb.get(i, t);
        double h = lossByEntropy.get(i, t);
        distributions.lossByLogits(i, t, g, h, lossByLogits); // Eq. 8
        int firstLogit = contexts.get(i)[t] * vocabularySize;
        for (int j = 0; j < vocabularySize; j++) {
          into[firstLogit + j] += lossByLogits[j]; // a logit of the table is a parameter
        }
      }
    }
  }

  @Override
  public void backward(TokenTable lossByLogProb) {
    backward(lossByLogProb, TokenTable.constant(lossByLogProb.lengths(), 0));
  }

  @Override
  public DoubleVector logitGradient(
      int row, int token, double lossByLogProb, double lossByEntropy) {
    double[] lossByLogits = new double[vocabularySize];
    distributions.lossByLogits(row, token, lossByLogProb, lossByEntropy, lossByLogits);
    return DoubleVector.of(lossByLogits);
  }

  private void requireShape(String name, TokenTable table) {
    TokenTable scored = logProbs().table();
    if (!table.sameShape(scored)) {
      throw new IllegalArgumentException(
          name
              + ": must have one number per token, got "
              + table.rows()
              + " rows with "
              + table.tokens()
              + " tokens for "
              + rows.size()
              + " rows with "
              + scored.tokens());
    }
  }

  @Override
  public void close() {}
}
