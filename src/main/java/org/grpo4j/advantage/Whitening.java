package org.grpo4j.advantage;

import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;
import org.grpo4j.math.TokenTable;

/**
 * Brings numbers to mean 0 and deviation 1 over a whole batch (Eq. 35): {@code (x - mean) /
 * divisor}. Masked entries take no part and become 0. Equal numbers become 0.
 *
 * @param deviation divisor {@code n - 1} or {@code n} inside the variance
 * @param epsilon a small number, at least 0
 * @param epsilonPlacement where it goes
 * @param keepMean true to add the mean again, so that only the spread changes
 */
public record Whitening(
    Deviation deviation, double epsilon, EpsilonPlacement epsilonPlacement, boolean keepMean) {

  public Whitening {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon: must be at least 0, got " + epsilon);
    }
  }

  /** Sample deviation, 1e-8 added to the variance: PPO and REINFORCE++ as in verl. */
  public static Whitening standard() {
    return new Whitening(Deviation.SAMPLE, 1e-8, EpsilonPlacement.ADDED_TO_VARIANCE, false);
  }

  /** Sample deviation, epsilon added to it: TRL. */
  public static Whitening addedToDeviation(double epsilon) {
    return new Whitening(Deviation.SAMPLE, epsilon, EpsilonPlacement.ADDED_TO_DEVIATION, false);
  }

  /** All entries of {@code table} where {@code mask} is 1, whitened together. */
  public TokenTable apply(TokenTable table, TokenTable mask) {
    Moments moments = Moments.ofMasked(table, mask);
    double[][] whitened = new double[table.rows()][];
    for (int i = 0; i < whitened.length; i++) {
      whitened[i] = new double[table.length(i)];
      for (int t = 0; t < whitened[i].length; t++) {
        whitened[i][t] = mask.get(i, t) != 0 ? whiten(table.get(i, t), moments) : 0;
      }
    }
    return TokenTable.of(whitened);
  }

  /** All entries that are not {@code NaN}, whitened together; {@code NaN} becomes 0. */
  public DoubleVector apply(DoubleVector values) {
    Moments moments = Moments.ofPresent(values.toArray());
    double[] whitened = new double[values.size()];
    for (int i = 0; i < whitened.length; i++) {
      whitened[i] = Double.isNaN(values.get(i)) ? 0 : whiten(values.get(i), moments);
    }
    return DoubleVector.of(whitened);
  }

  /** Eq. 35. */
  private double whiten(double x, Moments moments) {
    double centred = x - moments.mean();
    double whitened = moments.allEqual() ? 0 : centred / divisor(moments);
    return keepMean ? whitened + moments.mean() : whitened;
  }

  private double divisor(Moments moments) {
    return epsilonPlacement.divisor(deviation.variance(moments), epsilon);
  }

  /** How the whitened form of {@code x} comes about, among numbers with these moments. */
  Explanation explain(Explanation x, Moments moments) {
    String description = "whitened = (x - mean) / divisor" + (keepMean ? " + mean" : "");
    return Explanation.filled(
        whiten(x.value(), moments),
        description,
        "({0} - {1}) / {2}" + (keepMean ? " + {1}" : ""),
        x,
        Explanation.of(moments.mean(), "mean of all " + moments.count()),
        Explanation.of(
            moments.allEqual() ? 1 : divisor(moments),
            moments.allEqual()
                ? "divisor: none, all are equal"
                : "divisor from the " + deviation + " deviation, epsilon " + epsilonPlacement));
  }
}
