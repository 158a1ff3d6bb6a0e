package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;

/**
 * CISPO (Eq. 44; MiniMax-M1, arXiv 2506.13585): REINFORCE with a bounded ratio as constant weight,
 * so that every token keeps a gradient.
 *
 * <pre>loss = -stop( min(max(rho, minRatio), maxRatio) ) A log pi</pre>
 *
 * <p>A token counts as {@link ClipBranch#BOUNDED} if its ratio exceeds the upper bound and {@code A
 * > 0}.
 *
 * @param minRatio lower bound of the weight, at least 0; 0 for none
 * @param maxRatio upper bound of the weight: the bound itself, not {@code 1 + epsilon}
 */
@Kind(
    value = "cispo",
    label = "CISPO",
    description = "CISPO: the log-probability times a bounded ratio that counts as constant.",
    equation = 44)
public record CispoSurrogate(
    @Setting(value = "Lower bound of the ratio; 0 for none.", byDefault = "0", range = "[0, inf)")
        double minRatio,
    @Setting(
            value = "Upper bound of the ratio: the bound itself, not 1 plus it.",
            byDefault = "5",
            range = "(0, inf)")
        double maxRatio)
    implements Surrogate {

  public CispoSurrogate {
    Require.atLeastZero("minRatio", minRatio);
    Require.positive("maxRatio", maxRatio);
    Require.that(maxRatio >= minRatio, "maxRatio", "at least minRatio " + minRatio, maxRatio);
  }

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    double weight = stopWeight(ratio, advantage);
    double weighted = Numbers.product(weight, advantage);
    double unbounded = Numbers.product(ratio, advantage);
    double loss = -Numbers.product(weighted, logProb);
    boolean capped = ratio > maxRatio && advantage > 0;
    return SurrogateTerm.ofLogProb(
        loss,
        -weighted,
        Numbers.product(unbounded, logProb),
        -loss,
        capped ? ClipBranch.BOUNDED : ClipBranch.INSIDE);
  }

  @Override
  public double stopWeight(double ratio, double advantage) {
    return Math.min(Math.max(ratio, minRatio), maxRatio);
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    Explanation weight =
        Explanation.filled(
            stopWeight(ratio, advantage),
            "c",
            "ratio within the bounds, a constant",
            "min(max({0}, {1}), {2})",
            Explanation.of(ratio, "rho", "ratio"),
            Explanation.of(minRatio, "c_min", "lower bound"),
            Explanation.of(maxRatio, "c_max", "upper bound"));
    return Explanation.filled(
        -Numbers.product(Numbers.product(weight.value(), advantage), logProb),
        "",
        "CISPO",
        "-{0} * {1} * {2}",
        weight,
        Explanation.of(advantage, "A", "advantage"),
        Explanation.of(logProb, "log pi", "log-probability"));
  }
}
