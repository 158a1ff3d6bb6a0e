package org.grpo4j.whatif;

import java.util.List;
import org.grpo4j.objective.ClippedGeometricMeanRatio;
import org.grpo4j.objective.RatioLevel;

/** The ratio column: what one ratio of new to old policy is taken over. */
public final class RatioLevelColumn {

  private static final NumberParameter EPSILON_LOW =
      new NumberParameter("epsilonLow", "Bound of the log-ratio below 0.", 0.4, Bounds.atLeast(0));
  private static final NumberParameter EPSILON_HIGH =
      new NumberParameter("epsilonHigh", "Bound of the log-ratio above 0.", 0.4, Bounds.atLeast(0));

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
              Variant.of(
                  "bounded-product",
                  "Bounded product (VESPO)",
                  "One ratio a completion, the product of its tokens' within bounds (Eq. 51).",
                  RatioLevel.BOUNDED_PRODUCT)));

  private RatioLevelColumn() {}
}
