package org.grpo4j.train.inspection;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Routing;
import org.grpo4j.rollout.Sequence;

/** Computes {@link Inspection.GradientShares} with one backward pass a token. */
final class ShareCounter {

  private final Policy policy;
  private final List<Sequence> sequences;
  private final double temperature;
  private final double[] whole;
  private final double wholeSquared;
  private final double[] rowNorms;
  private final double[] rowShares;
  private final double[][] tokenNorms;
  private final double[][] tokenShares;

  private final Map<Counted, Integer> rowOf = new HashMap<>();

  /** All that a row's gradient depends on. */
  private record Counted(Sequence sequence, DoubleVector byLogProb, DoubleVector byEntropy) {}

  /** The policy's accumulated gradient must be the whole one. */
  ShareCounter(Policy policy, List<Sequence> sequences, double temperature) {
    this.policy = policy;
    this.sequences = sequences;
    this.temperature = temperature;
    this.whole = policy.gradient().toArray();
    this.wholeSquared = dot(whole, whole);
    this.rowNorms = new double[sequences.size()];
    this.rowShares = new double[sequences.size()];
    Arrays.fill(rowNorms, Double.NaN);
    Arrays.fill(rowShares, Double.NaN);
    this.tokenNorms = InspectionSession.notSeen(sequences);
    this.tokenShares = InspectionSession.notSeen(sequences);
  }

  /** Counts row {@code k}, through the experts that it went through, with its coefficients. */
  void count(
      int k, Optional<Routing> routing, DoubleVector lossByLogProb, DoubleVector lossByEntropy) {
    // Late in training most completions of a group are the same and need no second pass.
    Integer twin =
        rowOf.putIfAbsent(new Counted(sequences.get(k), lossByLogProb, lossByEntropy), k);
    if (twin != null) {
      copy(twin, k);
    } else {
      compute(k, routing, lossByLogProb, lossByEntropy);
    }
  }

  private void copy(int from, int to) {
    rowNorms[to] = rowNorms[from];
    rowShares[to] = rowShares[from];
    tokenNorms[to] = tokenNorms[from].clone();
    tokenShares[to] = tokenShares[from].clone();
  }

  private void compute(
      int k, Optional<Routing> routing, DoubleVector lossByLogProb, DoubleVector lossByEntropy) {
    double[] rowGradient = new double[whole.length];
    List<Sequence> row = List.of(sequences.get(k));
    try (ForwardPass forward =
        routing.isPresent()
            ? policy.forward(row, temperature, routing.get())
            : policy.forward(row, temperature)) {
      for (int t = 0; t < lossByLogProb.size(); t++) {
        double[] tokenGradient = new double[whole.length];
        if (lossByLogProb.get(t) != 0 || lossByEntropy.get(t) != 0) {
          tokenGradient =
              forward.gradientOf(only(t, lossByLogProb), only(t, lossByEntropy)).toArray();
        }
        tokenNorms[k][t] = Math.sqrt(dot(tokenGradient, tokenGradient));
        tokenShares[k][t] = share(tokenGradient);
        for (int i = 0; i < rowGradient.length; i++) {
          rowGradient[i] += tokenGradient[i];
        }
      }
    }
    rowNorms[k] = Math.sqrt(dot(rowGradient, rowGradient));
    rowShares[k] = share(rowGradient);
  }

  /** The shares that were counted. */
  Inspection.GradientShares shares() {
    return new Inspection.GradientShares(
        DoubleVector.of(rowNorms),
        DoubleVector.of(rowShares),
        TokenTable.of(tokenNorms),
        TokenTable.of(tokenShares));
  }

  /** 0 if there is no gradient to have a share in. */
  private double share(double[] part) {
    return wholeSquared == 0 ? 0 : dot(part, whole) / wholeSquared;
  }

  private static TokenTable only(int token, DoubleVector row) {
    double[] one = new double[row.size()];
    one[token] = row.get(token);
    return TokenTable.of(new double[][] {one});
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
