package org.grpo4j.objective;

import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;

/**
 * The clipped surrogate with an upper bound on the unclipped ratio too (Eq. 42; INTELLECT-2), which
 * limits the corner that clipping leaves open: {@code A < 0} and a large ratio.
 *
 * <pre>loss = -min( min(rho, delta) A, clip(rho) A )</pre>
 *
 * <p>With {@code delta > 1 + clipHigh} it is {@link DualClipSurrogate} with {@code c = delta}.
 *
 * @param clip the clipped surrogate
 * @param delta upper bound on the ratio, positive
 */
@Kind(
    value = "two-sided",
    label = "Two-sided clip (INTELLECT-2)",
    description = "The clipped surrogate with a second upper bound of the ratio: INTELLECT-2.",
    equation = 42)
public record TwoSidedSurrogate(
    @Inline ClippedSurrogate clip,
    @Setting(
            value = "Upper bound of the ratio, whatever the advantage.",
            byDefault = "4",
            range = "(1, inf)")
        double delta)
    implements Surrogate {

  public TwoSidedSurrogate {
    Require.that(delta > 1, "delta", "greater than 1", delta);
    Require.positive("delta", delta);
  }

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    double unclipped = Numbers.product(Math.min(ratio, delta), advantage);
    double clipped = Numbers.product(clip.clip(ratio), advantage);
    double loss = -Math.min(unclipped, clipped);

    double unclippedSlope = ratio <= delta ? Numbers.product(ratio, advantage) : 0;
    double clippedSlope = clip.contains(ratio) ? Numbers.product(ratio, advantage) : 0;
    double slope = slopeOfMin(unclipped, unclippedSlope, clipped, clippedSlope);
    return SurrogateTerm.ofRatio(loss, -slope, unclipped, clipped, branch(ratio, advantage, slope));
  }

  /** Of two equal arguments both have their slope here: inside the range, or both constant. */
  private static double slopeOfMin(double a, double aSlope, double b, double bSlope) {
    return a < b ? aSlope : b < a ? bSlope : (aSlope + bSlope) / 2;
  }

  private ClipBranch branch(double ratio, double advantage, double slope) {
    ClipBranch ofBoundedRatio = clip.branch(Math.min(ratio, delta), advantage);
    boolean stopped = slope == 0 && advantage != 0;
    return ofBoundedRatio == ClipBranch.INSIDE && stopped ? ClipBranch.BOUNDED : ofBoundedRatio;
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    SurrogateTerm term = term(logProb, ratio, advantage);
    Explanation advantagePart = Explanation.of(advantage, "A", "advantage");
    Explanation ratioPart = Explanation.of(ratio, "rho", "ratio");
    Explanation unclipped =
        Explanation.filled(
            Numbers.product(Math.min(ratio, delta), advantage),
            "",
            "bounded term",
            "min({0}, {1}) * {2}",
            ratioPart,
            Explanation.of(delta, "c", "upper bound of the ratio"),
            advantagePart);
    return Explanation.filled(
        term.loss(),
        "",
        "two-sided surrogate, " + term.branch().words(),
        "-min({0}, {1})",
        unclipped,
        clip.explainClipped(ratioPart, advantagePart));
  }
}
