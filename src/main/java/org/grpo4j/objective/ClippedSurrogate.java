package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;

/**
 * The clipped surrogate of PPO and GRPO (Eq. 4; DeepSeekMath eq. 3), with a range that may be
 * asymmetric (DAPO's "clip higher").
 *
 * <pre>loss = -min( rho A, clip(rho, 1 - clipLow, 1 + clipHigh) A )</pre>
 *
 * <p>With {@code A > 0} the loss stops improving once the token has become more than {@code 1 +
 * clipHigh} times as likely, with {@code A < 0} once it has become less than {@code 1 - clipLow}
 * times as likely. In the two other corners nothing is clipped: a token that went the wrong way is
 * always pulled back. A ratio exactly on the bound is inside.
 *
 * <p>Example: range 0.2, {@code rho = 1.5}. {@code A = 1} gives loss -1.2 and no gradient; {@code A
 * = -1} gives loss 1.5 and the full gradient.
 *
 * @param clipLow how far the ratio may fall below 1, at least 0; above 1 it never binds
 * @param clipHigh how far the ratio may rise above 1, at least 0
 */
@Kind(
    value = "clip",
    label = "Clipped (PPO, GRPO)",
    description = "The clipped surrogate of PPO and GRPO.",
    equation = 4)
public record ClippedSurrogate(
    @Setting(
            value = "The ratio is clipped at 1 minus this; from 1 on it never is.",
            byDefault = "0.2",
            range = "[0, inf)")
        double clipLow,
    @Setting(value = "The ratio is clipped at 1 plus this.", byDefault = "0.2", range = "[0, inf)")
        double clipHigh)
    implements Surrogate {

  public ClippedSurrogate {
    Require.atLeastZero("clipLow", clipLow);
    Require.atLeastZero("clipHigh", clipHigh);
  }

  /** The symmetric range {@code [1 - epsilon, 1 + epsilon]}. */
  public static ClippedSurrogate symmetric(double epsilon) {
    return new ClippedSurrogate(epsilon, epsilon);
  }

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    double unclipped = Numbers.product(ratio, advantage);
    double clipped = Numbers.product(clip(ratio), advantage);
    double loss = -Math.min(unclipped, clipped);

    ClipBranch branch = branch(ratio, advantage);
    double lossByLogRatio = branch == ClipBranch.INSIDE ? -unclipped : 0;
    return SurrogateTerm.ofRatio(loss, lossByLogRatio, unclipped, clipped, branch);
  }

  /** The ratio, brought into the range. */
  double clip(double ratio) {
    return Math.max(1 - clipLow, Math.min(ratio, 1 + clipHigh));
  }

  /** True if the ratio is in the range, bounds included. */
  boolean contains(double ratio) {
    return ratio >= 1 - clipLow && ratio <= 1 + clipHigh;
  }

  /** The only two corners where the clipped term is smaller than the unclipped one. */
  ClipBranch branch(double ratio, double advantage) {
    if (advantage < 0 && ratio < 1 - clipLow) {
      return ClipBranch.CLIPPED_LOW;
    }
    if (advantage > 0 && ratio > 1 + clipHigh) {
      return ClipBranch.CLIPPED_HIGH;
    }
    return ClipBranch.INSIDE;
  }

  @Override
  public Explanation explainByLogRatio(double logProb, double ratio, double advantage) {
    Explanation ratioPart = Explanation.of(ratio, "rho", "ratio");
    Explanation advantagePart = Explanation.of(advantage, "A", "advantage");
    ClipBranch branch = branch(ratio, advantage);
    if (branch == ClipBranch.INSIDE) {
      double slope = -Numbers.product(ratio, advantage);
      return Explanation.filled(slope, "", "", "-{0} * {1}", ratioPart, advantagePart);
    }
    return Explanation.of(
        0,
        "dl/dlog rho",
        "0: rho has left " + range() + " the way A wants it to go (" + branch.words() + ")",
        ratioPart,
        advantagePart);
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    Explanation ratioPart = Explanation.of(ratio, "rho", "ratio");
    Explanation advantagePart = Explanation.of(advantage, "A", "advantage");
    Explanation unclipped =
        Explanation.filled(
            Numbers.product(ratio, advantage),
            "",
            "unclipped term",
            "{0} * {1}",
            ratioPart,
            advantagePart);
    Explanation clipped = explainClipped(ratioPart, advantagePart);
    return Explanation.filled(
        -Math.min(unclipped.value(), clipped.value()),
        "",
        "clipped surrogate, " + branch(ratio, advantage).words(),
        "-min({0}, {1})",
        unclipped,
        clipped);
  }

  /** The term with the clipped ratio. */
  Explanation explainClipped(Explanation ratio, Explanation advantage) {
    Explanation clipped =
        Explanation.of(clip(ratio.value()), "rho_clip", "clipped to " + range(), ratio);
    return Explanation.filled(
        Numbers.product(clipped.value(), advantage.value()),
        "",
        "clipped term",
        "{0} * {1}",
        clipped,
        advantage);
  }

  private String range() {
    return "[" + Numbers.brief(1 - clipLow) + ", " + Numbers.brief(1 + clipHigh) + "]";
  }
}
