package org.grpo4j.course.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.grpo4j.course.catalogue.BatchLoss;
import org.grpo4j.course.catalogue.LossOfPieces;
import org.grpo4j.course.catalogue.ObjectiveSettings;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;

/** Right solutions, written in ways in which the library is not. */
final class OtherHands {

  private OtherHands() {}

  static List<Pieces> all() {
    return List.of(new ByStreams(), new Backwards(), new ByDefinition(), new PairByPair());
  }

  /** Streams, and textbook formulas of the deviation. */
  private static final class ByStreams implements Pieces {

    private static double[] present(DoubleVector rewards, RowGroups groups, int row) {
      return Arrays.stream(groups.select(groups.groupOf(row), rewards))
          .filter(reward -> !Double.isNaN(reward))
          .toArray();
    }

    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return DoubleVector.of(
          IntStream.range(0, rewards.size())
              .mapToDouble(
                  i -> {
                    double[] group = present(rewards, groups, i);
                    boolean none = Double.isNaN(rewards.get(i));
                    if (none || Arrays.stream(group).distinct().count() < 2) {
                      return 0;
                    }
                    double mean = Arrays.stream(group).average().orElseThrow();
                    double squares = Arrays.stream(group).map(r -> (r - mean) * (r - mean)).sum();
                    double deviation = Math.sqrt(squares / (group.length - 1));
                    return (rewards.get(i) - mean) / (deviation + 1e-4);
                  })
              .toArray());
    }

    @Override
    public DoubleVector leaveOneOut(DoubleVector rewards, RowGroups groups) {
      return DoubleVector.of(
          IntStream.range(0, rewards.size())
              .mapToDouble(
                  i -> {
                    double[] group = present(rewards, groups, i);
                    double mean = Arrays.stream(group).average().orElse(0);
                    boolean none = Double.isNaN(rewards.get(i)) || group.length < 2;
                    return none ? 0 : (rewards.get(i) - mean) * group.length / (group.length - 1);
                  })
              .toArray());
    }

    @Override
    public double[] logProbs(double[] logits, double temperature) {
      double most = Arrays.stream(logits).max().orElseThrow();
      double sum = Arrays.stream(logits).map(z -> Math.exp((z - most) / temperature)).sum();
      return Arrays.stream(logits).map(z -> (z - most) / temperature - Math.log(sum)).toArray();
    }

    @Override
    public double entropy(double[] logProbs, int token) {
      return -Arrays.stream(logProbs)
          .filter(l -> l > Double.NEGATIVE_INFINITY)
          .map(l -> Math.exp(l) * l)
          .sum();
    }

    @Override
    public double klValue(double logProb, double reference) {
      return Math.expm1(reference - logProb) + (logProb - reference);
    }

    @Override
    public double klSlope(double logProb, double reference) {
      return 1 - Math.exp(reference - logProb);
    }
  }

  /** Sums from the last number to the first; conditions instead of minimum and maximum. */
  private static final class Backwards implements Pieces {

    private static double sum(int size, IntToDoubleFunction term) {
      double sum = 0;
      for (int i = size - 1; i >= 0; i--) {
        sum += term.applyAsDouble(i);
      }
      return sum;
    }

    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      double[] advantages = new double[rewards.size()];
      for (int i = advantages.length - 1; i >= 0; i--) {
        int[] members = groups.members(groups.groupOf(i));
        double n = sum(members.length, j -> Double.isNaN(rewards.get(members[j])) ? 0 : 1);
        double mean = sum(members.length, j -> orZero(rewards.get(members[j]))) / n;
        double variance =
            sum(members.length, j -> Math.pow(orZero(rewards.get(members[j]) - mean), 2)) / (n - 1);
        double advantage = (rewards.get(i) - mean) / (Math.sqrt(variance) + 1e-4);
        advantages[i] = n < 2 ? 0 : orZero(advantage);
      }
      return DoubleVector.of(advantages);
    }

    private static double orZero(double x) {
      return Double.isNaN(x) ? 0 : x;
    }

    @Override
    public double surrogateLoss(double ratio, double advantage, double low, double high) {
      if (advantage > 0 && ratio > 1 + high) {
        return -(1 + high) * advantage;
      }
      return advantage < 0 && ratio < 1 - low ? (low - 1) * advantage : -advantage * ratio;
    }

    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      double[][] weights = mask.toArrays();
      for (double[] row : weights) {
        double n = sum(row.length, t -> row[t]) * weights.length;
        Arrays.setAll(row, t -> row[t] == 0 ? 0 : 1 / n);
      }
      return TokenTable.of(weights);
    }

    @Override
    public TokenTable whiten(TokenTable table, TokenTable mask) {
      List<Double> all = new ArrayList<>();
      for (int i = mask.rows() - 1; i >= 0; i--) {
        for (int t = mask.length(i) - 1; t >= 0; t--) {
          if (mask.get(i, t) != 0) {
            all.add(table.get(i, t));
          }
        }
      }
      double mean = sum(all.size(), all::get) / all.size();
      double squares = sum(all.size(), j -> all.get(j) * all.get(j)) - mean * mean * all.size();
      double deviation = Math.sqrt(Math.max(0, squares) / (all.size() - 1) + 1e-8);
      double[][] white = table.toArrays();
      for (int i = 0; i < white.length; i++) {
        double[] row = white[i];
        DoubleVector counts = mask.row(i);
        boolean one = all.size() < 2;
        Arrays.setAll(row, t -> one || counts.get(t) == 0 ? 0 : (row[t] - mean) / deviation);
      }
      return TokenTable.of(white);
    }

    @Override
    public BatchLoss objective(ObjectiveSettings settings, ObjectiveInputs inputs) {
      return LossOfPieces.objective(this, settings, inputs);
    }
  }

  /** Definitions written out: sums of sums, a whole Jacobian. */
  private static final class ByDefinition implements Pieces {

    @Override
    public double[] lossByLogits(
        double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
      double[] byLogits = new double[logProbs.length];
      for (int j = 0; j < byLogits.length; j++) {
        for (int k = 0; k < byLogits.length; k++) {
          double p = Math.exp(logProbs[k]);
          double byLogP =
              (k == token ? byLogProb : 0) - (p == 0 ? 0 : byEntropy * p * (logProbs[k] + 1));
          byLogits[j] += byLogP * ((j == k ? 1 : 0) - Math.exp(logProbs[j])) / temperature;
        }
      }
      return byLogits;
    }

    @Override
    public TokenTable generalizedAdvantages(
        TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
      double[][] advantages = new double[mask.rows()][];
      for (int i = 0; i < advantages.length; i++) {
        DoubleVector row = mask.row(i);
        int[] real = IntStream.range(0, row.size()).filter(t -> row.get(t) != 0).toArray();
        advantages[i] = new double[row.size()];
        for (int a = 0; a < real.length; a++) {
          for (int b = a; b < real.length; b++) {
            double next = b + 1 < real.length ? values.get(i, real[b + 1]) : 0;
            double delta = rewards.get(i, real[b]) - values.get(i, real[b]) + gamma * next;
            advantages[i][real[a]] += Math.pow(gamma * lambda, b - a) * delta;
          }
        }
      }
      return TokenTable.of(advantages);
    }

    @Override
    public double valueLoss(double value, double old, double target, double clip) {
      double near = value < old - clip ? old - clip : value > old + clip ? old + clip : value;
      return DoubleStream.of(value, near).map(v -> 0.5 * Math.pow(v - target, 2)).max().orElse(0);
    }
  }

  /** An advantage from the differences of all pairs, which need no mean. */
  private static final class PairByPair implements Pieces {

    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      double[] advantages = new double[rewards.size()];
      for (int i = 0; i < advantages.length; i++) {
        double[] group = ByStreams.present(rewards, groups, i);
        double above = 0;
        double squares = 0;
        for (double one : group) {
          above += (rewards.get(i) - one) / group.length;
          for (double other : group) {
            squares += (one - other) * (one - other) / 2;
          }
        }
        double variance = squares / group.length / (group.length - 1);
        boolean none = Double.isNaN(rewards.get(i)) || group.length < 2;
        advantages[i] = none ? 0 : above / (Math.sqrt(variance) + 1e-4);
      }
      return DoubleVector.of(advantages);
    }

    @Override
    public TokenTable groupMeanWeights(TokenTable mask, RowGroups groups) {
      double[][] weights = mask.toArrays();
      for (int i = 0; i < weights.length; i++) {
        double tokens = 0;
        for (int j : groups.members(groups.groupOf(i))) {
          tokens += mask.row(j).sum();
        }
        double inGroup = tokens;
        double[] row = weights[i];
        Arrays.setAll(row, t -> row[t] == 0 ? 0 : row[t] / (inGroup * groups.count()));
      }
      return TokenTable.of(weights);
    }
  }
}
