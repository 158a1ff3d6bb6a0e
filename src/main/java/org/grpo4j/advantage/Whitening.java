package org.grpo4j.advantage;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * Brings numbers to mean 0 and standard deviation 1 over a whole batch (Eq. 35): {@code (x - mean)
 * / divisor}. Equal numbers become 0. Only what takes part in the loss is whitened: tokens that the
 * mask drops, truncated completions under {@code mask_truncated} among them, are neither in the
 * mean nor in the standard deviation and become 0.
 *
 * @param deviation divisor {@code n - 1} or {@code n} inside the variance
 * @param epsilon a small number, at least 0
 * @param epsilonPlacement where it goes
 */
@Kind(
    value = "batch",
    label = "Over the batch",
    description = "Mean 0 and standard deviation 1 over the batch.",
    equation = 35,
    none = "Advantages stay as they are.")
public record Whitening(
    @Setting(
            value = "Standard deviation with divisor n - 1 (sample) or n (population).",
            byDefault = "sample")
        Deviation deviation,
    @Setting(
            value = "Keeps the division by the standard deviation finite.",
            byDefault = "1e-8",
            range = "[0, 1]")
        double epsilon,
    @Setting(
            value =
                "Where it goes: added to the variance as in verl, to the deviation as in TRL, or as"
                    + " a floor of the variance as in OpenRLHF.",
            byDefault = "added-to-variance")
        EpsilonPlacement epsilonPlacement) {

  public Whitening {
    Require.that(epsilon >= 0 && epsilon <= 1, "epsilon", "in [0, 1]", epsilon);
  }

  /** Sample deviation, 1e-8 added to the variance: PPO and REINFORCE++ as in verl. */
  public static Whitening standard() {
    return new Whitening(Deviation.SAMPLE, 1e-8, EpsilonPlacement.ADDED_TO_VARIANCE);
  }

  /** Sample deviation, epsilon added to it: TRL. */
  public static Whitening addedToDeviation(double epsilon) {
    return new Whitening(Deviation.SAMPLE, epsilon, EpsilonPlacement.ADDED_TO_DEVIATION);
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
    return moments.allEqual() ? 0 : centred / divisor(moments);
  }

  private double divisor(Moments moments) {
    return epsilonPlacement.divisor(deviation.variance(moments), epsilon);
  }

  /** The explanation of the whitened form of {@code given} among numbers with these moments. */
  Explanation explain(Explanation given, Moments moments) {
    Explanation x = given.as("x");
    Explanation mean = Explanation.of(moments.mean(), "mean", "of all " + moments.count());
    if (moments.allEqual()) {
      return Explanation.of(0, "A", "whitened: 0, because all are equal", x, mean);
    }
    double variance = deviation.variance(moments);
    boolean ofVariance = epsilonPlacement != EpsilonPlacement.ADDED_TO_DEVIATION;
    return Explanation.filled(
        whiten(x.value(), moments),
        "A",
        "whitened",
        "({0} - {1}) / " + epsilonPlacement.formula,
        x,
        mean,
        Explanation.of(
            ofVariance ? variance : Math.sqrt(variance),
            ofVariance ? "var" : "std",
            deviation.explanation() + (ofVariance ? ", squared" : "")),
        Explanation.of(epsilon, "eps", "keeps the division finite"));
  }
}
