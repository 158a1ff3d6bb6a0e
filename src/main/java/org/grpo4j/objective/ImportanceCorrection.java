package org.grpo4j.objective;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * Corrects for a sampler whose probabilities differ a little from those the trainer computes for
 * the same parameters (Eq. 53; truncated importance sampling): {@code exp(log pi_old - log q)}, per
 * token or as a product over the completion, bounded.
 *
 * @param unit what one weight covers
 * @param outOfBounds what is done with a weight outside the bounds
 * @param min lower bound, at least 0
 * @param max upper bound; infinity for none
 */
public record ImportanceCorrection(
    @Setting(
            value = "Whether each token or each completion has such a factor.",
            byDefault = "token",
            key = "sampler_correction_unit",
            added = true)
        Unit unit,
    @Setting(
            value = "Whether a factor beyond the bound is moved to it, or becomes 0.",
            byDefault = "truncate",
            key = "sampler_correction_outside",
            added = true)
        OutOfBounds outOfBounds,
    @Setting(
            value =
                "Lower bound of that factor; with sampler_correction_outside mask, what the bounds"
                    + " are of IcePop (arXiv 2510.18855).",
            byDefault = "0",
            range = "[0, inf)",
            key = "sampler_correction_lower_bound",
            added = true)
        double min,
    @Setting(
            value =
                "Upper bound of the factor that corrects for the sampler's own log-probabilities"
                    + " (Eq. 53); none for no correction.",
            byDefault = "none",
            range = "[1, inf]",
            key = "sampler_correction_bound")
        double max) {

  /** Without a lower bound: truncated importance sampling, TIS. */
  public ImportanceCorrection(Unit unit, OutOfBounds outOfBounds, double max) {
    this(unit, outOfBounds, 0, max);
  }

  /** Whether it does anything: without bounds there is no correction at all. */
  public boolean acts() {
    return max < Double.POSITIVE_INFINITY || min > 0;
  }

  /** The extent of one weight. */
  public enum Unit {
    /** Each token has its own. */
    TOKEN,
    /** A completion has one, the product over its tokens. */
    SEQUENCE
  }

  /** The treatment of a weight outside the bounds. */
  public enum OutOfBounds {
    /** It is moved to the bound. */
    TRUNCATE {
      @Override
      double apply(double weight, double min, double max) {
        return Math.max(min, Math.min(weight, max));
      }
    },
    /** It becomes 0: the token or completion teaches nothing. */
    MASK {
      @Override
      double apply(double weight, double min, double max) {
        return weight >= min && weight <= max ? weight : 0;
      }
    };

    abstract double apply(double weight, double min, double max);
  }

  public ImportanceCorrection {
    Require.atLeastZero("min", min);
    Require.that(max >= 1, "max", "at least 1", max);
    Require.that(max >= min, "max", "at least min " + min, max);
  }

  /**
   * The weights {@code [N][T_i]}; for one weight per row, the row repeats it. 1 where masked, for
   * weights per token.
   *
   * @param oldLogProbs {@code log pi_old}, computed by the trainer
   * @param samplerLogProbs {@code log q}, reported by the sampler
   * @param mask 1 for tokens that count
   */
  public TokenTable weights(TokenTable oldLogProbs, TokenTable samplerLogProbs, TokenTable mask) {
    double[][] weights = new double[mask.rows()][];
    for (int i = 0; i < weights.length; i++) {
      DoubleVector logWeights = difference(oldLogProbs.row(i), samplerLogProbs.row(i), mask.row(i));
      weights[i] = new double[mask.length(i)];
      for (int t = 0; t < weights[i].length; t++) {
        double logWeight = unit == Unit.TOKEN ? logWeights.get(t) : logWeights.sum();
        weights[i][t] = outOfBounds.apply(Elementary.exp(logWeight), min, max);
      }
    }
    return TokenTable.of(weights);
  }

  /**
   * Share of tokens, or of completions if one has one weight, whose weight is outside the bounds;
   * {@code NaN} if nothing counts.
   */
  public double outside(TokenTable oldLogProbs, TokenTable samplerLogProbs, TokenTable mask) {
    double units = 0;
    double outside = 0;
    for (int i = 0; i < mask.rows(); i++) {
      DoubleVector logWeights = difference(oldLogProbs.row(i), samplerLogProbs.row(i), mask.row(i));
      if (unit == Unit.SEQUENCE) {
        int counts = Math.min(1, Masks.count(mask.row(i)));
        units += counts;
        outside += counts * (isOutside(logWeights.sum()) ? 1 : 0);
        continue;
      }
      for (int t = 0; t < mask.length(i); t++) {
        units += mask.get(i, t);
        outside += mask.get(i, t) * (isOutside(logWeights.get(t)) ? 1 : 0);
      }
    }
    return outside / units;
  }

  private boolean isOutside(double logWeight) {
    double weight = Elementary.exp(logWeight);
    return weight < min || weight > max;
  }

  /** {@code a - b} where the mask is 1, else 0. */
  private static DoubleVector difference(DoubleVector a, DoubleVector b, DoubleVector mask) {
    double[] difference = new double[mask.size()];
    for (int t = 0; t < difference.length; t++) {
      difference[t] = mask.get(t) != 0 ? a.get(t) - b.get(t) : 0;
    }
    return DoubleVector.of(difference);
  }
}
