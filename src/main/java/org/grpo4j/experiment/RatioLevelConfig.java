package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;
import org.grpo4j.objective.BoundedProductRatio;
import org.grpo4j.objective.ClippedGeometricMeanRatio;
import org.grpo4j.objective.RatioLevel;

/** What one ratio of new to old policy is taken over. */
public sealed interface RatioLevelConfig {

  /** The ratio level with these settings. */
  RatioLevel ratioLevel();

  /** One ratio a token. */
  @Kind(value = "token", description = "Every token has its own ratio: PPO and GRPO (Eq. 2).")
  record Token() implements RatioLevelConfig {

    @Override
    public RatioLevel ratioLevel() {
      return RatioLevel.TOKEN;
    }
  }

  /** One ratio a completion. */
  @Kind(
      value = "sequence",
      description = "One ratio a completion, the geometric mean of its tokens': GSPO (Eq. 47).")
  record Sequence() implements RatioLevelConfig {

    @Override
    public RatioLevel ratioLevel() {
      return RatioLevel.SEQUENCE;
    }
  }

  /** One ratio a completion. */
  @Kind(
      value = "sequence-product",
      description = "One ratio a completion, the product of its tokens': RLOO as in TRL.")
  record SequenceProduct() implements RatioLevelConfig {

    @Override
    public RatioLevel ratioLevel() {
      return RatioLevel.SEQUENCE_PRODUCT;
    }
  }

  /** The value of sequence with the derivative of token. */
  @Kind(
      value = "gspo-token",
      description = "The value of sequence with the derivative of token: GSPO-token.")
  record GspoToken() implements RatioLevelConfig {

    @Override
    public RatioLevel ratioLevel() {
      return RatioLevel.GSPO_TOKEN;
    }
  }

  /**
   * One ratio a completion.
   *
   * @param epsilonLow bound of the log-ratio below 0
   * @param epsilonHigh bound of the log-ratio above 0
   */
  @Kind(
      value = "clipped-geometric-mean",
      description =
          "One ratio a completion, from token ratios that are clipped in log space: GMPO (Eq. 50).")
  record ClippedGeometricMean(
      @Setting(value = "Bound of the log-ratio below 0.", byDefault = "0.4", range = "[0, inf)")
          double epsilonLow,
      @Setting(value = "Bound of the log-ratio above 0.", byDefault = "0.4", range = "[0, inf)")
          double epsilonHigh)
      implements RatioLevelConfig {

    @Override
    public RatioLevel ratioLevel() {
      return new ClippedGeometricMeanRatio(epsilonLow, epsilonHigh);
    }
  }

  /**
   * One ratio a completion.
   *
   * @param tokenBound bound of every log-ratio
   * @param lowestSum lower bound of their sum
   * @param highestSum upper bound of their sum
   */
  @Kind(
      value = "bounded-product",
      description =
          "One ratio a completion, the product of its tokens' within bounds: VESPO (Eq. 51).")
  record BoundedProduct(
      @Setting(value = "Bound of every log-ratio.", byDefault = "20", range = "(0, 100]")
          double tokenBound,
      @Setting(
              value = "Lower bound of their sum; the default is the logarithm of 1e-8.",
              byDefault = "-18.420680743952367",
              range = "[-700, 700]")
          double lowestSum,
      @Setting(value = "Upper bound of their sum.", byDefault = "20", range = "[-700, 700]")
          double highestSum)
      implements RatioLevelConfig {

    public BoundedProduct {
      if (!(highestSum > lowestSum)) {
        throw new IllegalArgumentException(
            "highest_sum: must be greater than lowest_sum " + lowestSum + ", got " + highestSum);
      }
    }

    @Override
    public RatioLevel ratioLevel() {
      return new BoundedProductRatio(tokenBound, lowestSum, highestSum);
    }
  }
}
