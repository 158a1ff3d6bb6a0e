package org.grpo4j.advantage;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.TokenTable;

/** Several rewards per completion, {@code [N][K]}. */
final class RewardParts {

  private RewardParts() {}

  /** The parts of {@code inputs}, checked against the weights. */
  static TokenTable of(AdvantageInputs inputs, DoubleVector weights) {
    TokenTable parts =
        Inputs.require("rewardParts", inputs.rewardParts(), "estimators with several rewards");
    for (int i = 0; i < parts.rows(); i++) {
      if (parts.length(i) != weights.size()) {
        throw new IllegalArgumentException(
            "rewardParts: needs "
                + weights.size()
                + " in row "
                + i
                + ", one for each weight, got "
                + parts.length(i));
      }
    }
    return parts;
  }

  /** {@code sum_k weight_k x_ik}, without those that are {@code NaN}; {@code NaN} if all are. */
  static DoubleVector weightedSum(TokenTable parts, DoubleVector weights) {
    double[] sums = new double[parts.rows()];
    for (int i = 0; i < sums.length; i++) {
      boolean present = false;
      double magnitude = 0;
      for (int k = 0; k < weights.size(); k++) {
        double part = parts.get(i, k);
        if (!Double.isNaN(part)) {
          present = true;
          double term = weights.get(k) * part;
          sums[i] += term;
          magnitude += Math.abs(term);
        }
      }
      sums[i] = present ? Numbers.withoutResidue(sums[i], magnitude) : Double.NaN;
    }
    return DoubleVector.of(sums);
  }

  /** Part {@code part} of every row, {@code [N]}. */
  static DoubleVector column(TokenTable parts, int part) {
    double[] column = new double[parts.rows()];
    for (int i = 0; i < column.length; i++) {
      column[i] = parts.get(i, part);
    }
    return DoubleVector.of(column);
  }
}
