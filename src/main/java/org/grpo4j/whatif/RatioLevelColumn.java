package org.grpo4j.whatif;

import java.util.List;
import org.grpo4j.objective.BoundedProductRatio;
import org.grpo4j.objective.ClippedGeometricMeanRatio;
import org.grpo4j.objective.RatioLevel;

/** The ratio column: what one ratio of new to old policy is taken over. */
public final class RatioLevelColumn {

  private static final NumberParameter EPSILON_LOW =
      new NumberParameter("epsilonLow", "Bound of the log-ratio below 0.", 0.4, Bounds.atLeast(0));
  private static final NumberParameter EPSILON_HIGH =
      new NumberParameter("epsilonHigh", "Bound of the log-ratio above 0.", 0.4, Bounds.atLeast(0));
  private static final NumberParameter TOKEN_BOUND =
      new NumberParameter("tokenBound", "Bound of every log-ratio.", 20, Bounds.above(0));
  private static final NumberParameter LOWEST_SUM =
      new NumberParameter(
          "lowestSum",
          "Lower bound of their sum; the default is the logarithm of 1e-8.",
          -18.420680743952367,
          Bounds.between(-700, 700));
  private static final NumberParameter HIGHEST_SUM =
      new NumberParameter("highestSum", "Upper bound of their sum.", 20, Bounds.between(-700, 700));

  /** The column. */
  public static final Column<RatioLevel> COLUMN =
      new Column<>(
          "ratioLevel",
          "token",
          List.of(
              Variant.of(
                  "token",
                  "Token (PPO, GRPO)",
                  "Every token has its own ratio (Eq. 2).",
                  RatioLevel.TOKEN),
              Variant.of(
                  "sequence",
                  "Sequence (GSPO)",
                  "One ratio a completion, the geometric mean of its tokens' (Eq. 47).",
                  RatioLevel.SEQUENCE),
              Variant.of(
                  "sequence-product",
                  "Sequence product (RLOO as in TRL)",
                  "One ratio a completion, the product of its tokens' (Eq. 48).",
                  RatioLevel.SEQUENCE_PRODUCT),
              Variant.of(
                  "gspo-token",
                  "GSPO-token",
                  "The value of sequence with the derivative of token (Eq. 49).",
                  RatioLevel.GSPO_TOKEN),
              new Variant<>(
                  "clipped-geometric-mean",
                  "Clipped geometric mean (GMPO)",
                  "One ratio a completion, from token ratios that are clipped in log space (Eq. 50).",
                  List.of(EPSILON_LOW, EPSILON_HIGH),
                  values ->
                      new ClippedGeometricMeanRatio(
                          EPSILON_LOW.in(values), EPSILON_HIGH.in(values))),
              new Variant<>(
                  "bounded-product",
                  "Bounded product (VESPO)",
                  "One ratio a completion, the product of its tokens' within bounds (Eq. 51).",
                  List.of(TOKEN_BOUND, LOWEST_SUM, HIGHEST_SUM),
                  values ->
                      new BoundedProductRatio(
                          TOKEN_BOUND.in(values), LOWEST_SUM.in(values), HIGHEST_SUM.in(values)))));

  private RatioLevelColumn() {}
}
