package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;

/** The forward pass of a {@link TabularPolicy}, and its backward pass in closed form. */
final class TabularForwardPass implements ForwardPass {

  private final List<Sequence> rows;
  private final double temperature;
  private final List<int[]> contexts;
  private final List<double[][]> logProbs;
  private final TokenLogProbs sampled;
  private final double[] gradient;

  /**
   * @param gradient where {@link #backward} adds to; laid out like the table
   */
  TabularForwardPass(
      SoftmaxTable table, List<Sequence> rows, double temperature, double[] gradient) {
    this.rows = List.copyOf(rows);
    this.temperature = temperature;
    this.gradient = gradient;
    this.contexts = new ArrayList<>(rows.size());
    this.logProbs = new ArrayList<>(rows.size());
    for (Sequence row : rows) {
      int[] rowContexts = table.contexts(row);
      double[][] rowLogProbs = new double[rowContexts.length][];
      for (int t = 0; t < rowContexts.length; t++) {
        rowLogProbs[t] = table.logProbabilities(rowContexts[t], temperature);
      }
      contexts.add(rowContexts);
      logProbs.add(rowLogProbs);
    }
    this.sampled = table.logProbs(rows, temperature);
  }

  @Override
  public TokenLogProbs logProbs() {
    return sampled;
  }

  @Override
  public double[] probabilities(int row, int token) {
    double[] probabilities = logProbs.get(row)[token].clone();
    for (int j = 0; j < probabilities.length; j++) {
      probabilities[j] = Math.exp(probabilities[j]);
    }
    return probabilities;
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

  private void addGradients(TokenTable lossByLogProb, TokenTable lossByEntropy, double[] into) {
    requireShape("lossByLogProb", lossByLogProb);
    requireShape("lossByEntropy", lossByEntropy);
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < contexts.get(i).length; t++) {
        addGradient(i, t, lossByLogProb.get(i, t), lossByEntropy.get(i, t), into);
      }
    }
  }

  @Override
  public void backward(TokenTable lossByLogProb) {
    backward(lossByLogProb, TokenTable.constant(lossByLogProb.lengths(), 0));
  }

  private void addGradient(int i, int t, double g, double h, double[] into) {
    double[] lossByLogit = lossByLogit(i, t, g, h);
    int firstLogit = contexts.get(i)[t] * lossByLogit.length;
    for (int j = 0; j < lossByLogit.length; j++) {
      into[firstLogit + j] += lossByLogit[j];
    }
  }

  @Override
  public DoubleVector logitGradient(
      int row, int token, double lossByLogProb, double lossByEntropy) {
    return DoubleVector.of(lossByLogit(row, token, lossByLogProb, lossByEntropy));
  }

  /**
   * From the coefficient {@code g} to the logits of one token (Eq. 8) and from the coefficient
   * {@code h} of the entropy to the logits (Eq. 9),
   *
   * <pre>dL/dz_j = (1/tau) [ g (1[j = o] - p_j)  -  h p_j (log p_j + H) ]</pre>
   */
  private double[] lossByLogit(int i, int t, double g, double h) {
    double[] logP = logProbs.get(i)[t];
    int o = rows.get(i).completion().get(t);
    double entropy = sampled.entropies().get(i, t);
    double[] lossByLogit = new double[logP.length];
    for (int j = 0; j < logP.length; j++) {
      double p = Math.exp(logP[j]);
      double indicator = j == o ? 1 : 0;
      double byLogProb = g * (indicator - p);
      double byEntropy = p == 0 ? 0 : -h * p * (logP[j] + entropy);
      lossByLogit[j] = (byLogProb + byEntropy) / temperature;
    }
    return lossByLogit;
  }

  private void requireShape(String name, TokenTable table) {
    if (!table.sameShape(sampled.table())) {
      throw new IllegalArgumentException(
          name
              + ": must have one number per token, got "
              + table.rows()
              + " rows with "
              + table.tokens()
              + " tokens for "
              + rows.size()
              + " rows with "
              + sampled.table().tokens());
    }
  }

  @Override
  public void close() {}
}
