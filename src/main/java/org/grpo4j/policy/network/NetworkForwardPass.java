package org.grpo4j.policy.network;

import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.TokenDistribution;
import org.grpo4j.policy.TokenLogProbs;
import org.grpo4j.policy.network.NetworkModel.Part;
import org.grpo4j.policy.network.engine.GradientSum;
import org.jspecify.annotations.Nullable;

/** All micro-batches of one batch, with their activations. */
final class NetworkForwardPass implements ForwardPass {

  private final NetworkPolicy policy;
  private final long parameterState;
  private final List<Part> parts;
  private final TokenLogProbs logProbs;
  private boolean wentBack;
  private boolean closed;

  NetworkForwardPass(NetworkPolicy policy, List<Part> parts) {
    this.policy = policy;
    this.parameterState = policy.parameterState();
    this.parts = parts;
    this.logProbs = NetworkModel.join(parts).logProbs();
  }

  boolean isOf(NetworkPolicy one) {
    return policy == one;
  }

  List<Part> parts() {
    return parts;
  }

  /** Fails if it is too late to add errors of other outputs. */
  void requireNotYetBack() {
    if (wentBack || closed) {
      throw new IllegalStateException(
          "values must go back before the policy: its pass "
              + (closed ? "was closed" : "went back already"));
    }
  }

  @Override
  public TokenLogProbs logProbs() {
    return logProbs;
  }

  @Override
  public Optional<Routing> routing() {
    return NetworkModel.joinRoutings(parts);
  }

  @Override
  public double[] probabilities(int row, int token) {
    Part part = partOf(row);
    return part.distributions().probabilities(row - part.range().from(), token);
  }

  @Override
  public DoubleVector logitGradient(
      int row, int token, double lossByLogProb, double lossByEntropy) {
    Part part = partOf(row);
    double[] error = new double[policy.vocabularySize()];
    int rowOfPart = row - part.range().from();
    part.distributions().lossByLogits(rowOfPart, token, lossByLogProb, lossByEntropy, error);
    return DoubleVector.of(error);
  }

  private Part partOf(int row) {
    for (Part part : parts) {
      if (row >= part.range().from() && row < part.range().to()) {
        return part;
      }
    }
    throw new IndexOutOfBoundsException("no row " + row);
  }

  @Override
  public void backward(TokenTable lossByLogProb) {
    back(lossByLogProb, null);
  }

  @Override
  public void backward(TokenTable lossByLogProb, TokenTable lossByEntropy) {
    requireShape("lossByEntropy", lossByEntropy);
    back(lossByLogProb, lossByEntropy);
  }

  private void back(TokenTable lossByLogProb, @Nullable TokenTable lossByEntropy) {
    requireUsable(lossByLogProb);
    if (!wentBack) {
      policy.balance(parts);
      wentBack = true;
    }
    addGradient(lossByLogProb, lossByEntropy, policy.gradientSum());
  }

  @Override
  public void backward(Coefficients lossByLogProbs) {
    requireUsable(logProbs.table());
    policy
        .model()
        .workers()
        .mapOrdered(
            parts.size(),
            i -> {
              backward(parts.get(i), lossByLogProbs);
              return parts.get(i);
            })
        .forEach(part -> part.pass().addGradientTo(policy.gradientSum()));
  }

  private void backward(Part part, Coefficients lossByLogProbs) {
    double[] all = new double[policy.vocabularySize()];
    double[] error = new double[policy.vocabularySize()];
    int first = part.range().from();
    for (int row = first; row < part.range().to(); row++) {
      for (int t = 0; t < logProbs.table().length(row); t++) {
        TokenDistribution distribution = part.distributions().at(row - first, t);
        lossByLogProbs.of(row, t, distribution.logProbabilities(), all);
        distribution.lossByLogits(all, error);
        part.pass().addLogitError(row - first, t, error);
      }
    }
    part.pass().computeGradient();
  }

  @Override
  public DoubleVector gradientOf(TokenTable lossByLogProb, TokenTable lossByEntropy) {
    requireUsable(lossByLogProb);
    requireShape("lossByEntropy", lossByEntropy);
    GradientSum alone = new GradientSum(policy.parameterCount());
    addGradient(lossByLogProb, lossByEntropy, alone);
    return DoubleVector.of(alone.values());
  }

  private void addGradient(
      TokenTable lossByLogProb, @Nullable TokenTable lossByEntropy, GradientSum into) {
    List<Part> done =
        policy
            .model()
            .workers()
            .mapOrdered(
                parts.size(),
                i -> {
                  backward(parts.get(i), lossByLogProb, lossByEntropy);
                  return parts.get(i);
                });
    for (Part part : done) {
      part.pass().addGradientTo(into);
    }
  }

  private void backward(Part part, TokenTable byLogProb, @Nullable TokenTable byEntropy) {
    double[] error = new double[policy.vocabularySize()];
    int first = part.range().from();
    for (int row = first; row < part.range().to(); row++) {
      for (int t = 0; t < byLogProb.length(row); t++) {
        double g = byLogProb.get(row, t);
        double h = byEntropy == null ? 0 : byEntropy.get(row, t);
        if (g != 0 || h != 0) {
          part.distributions().lossByLogits(row - first, t, g, h, error);
          part.pass().addLogitError(row - first, t, error);
        }
      }
    }
    part.pass().computeGradient();
  }

  private void requireUsable(TokenTable lossByLogProb) {
    requireShape("lossByLogProb", lossByLogProb);
    if (closed || parameterState != policy.parameterState()) {
      throw new IllegalStateException(
          "the forward pass is no longer valid: "
              + (closed ? "it was closed" : "the parameters have changed since"));
    }
  }

  private void requireShape(String name, TokenTable table) {
    if (!table.sameShape(logProbs.table())) {
      throw new IllegalArgumentException(
          name
              + ": must have the shape of the log-probabilities, "
              + logProbs.table().rows()
              + " rows and "
              + logProbs.table().tokens()
              + " tokens, got "
              + table.rows()
              + " and "
              + table.tokens());
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (Part part : parts) {
        part.pass().release();
      }
    }
  }
}
