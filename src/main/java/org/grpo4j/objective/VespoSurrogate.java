package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;

/**
 * VESPO (Eq. 46; arXiv 2602.10693): REINFORCE with a constant weight that peaks near {@code rho = k
 * / lambda} and fades on both sides. Meant for the ratio level {@link BoundedProductRatio}.
 *
 * <pre>loss = -stop(phi) A log pi,   phi = exp( lambda + k log rho - lambda rho )</pre>
 *
 * @param kPositive {@code k} for {@code A} of at least 0
 * @param lambdaPositive {@code lambda} for {@code A} of at least 0
 * @param kNegative {@code k} for {@code A < 0}
 * @param lambdaNegative {@code lambda} for {@code A < 0}
 */
@Kind(
    value = "vespo",
    label = "VESPO",
    description =
        "VESPO: the log-probability times a constant weight that fades on both sides of ratio k /"
            + " lambda.",
    equation = 46)
public record VespoSurrogate(
    @Setting(
            value = "How fast the weight fades below, for advantages of at least 0.",
            byDefault = "2",
            range = "[0, 100]")
        double kPositive,
    @Setting(
            value = "How fast it fades above, for advantages of at least 0.",
            byDefault = "3",
            range = "[0, 100]")
        double lambdaPositive,
    @Setting(
            value = "How fast it fades below, for negative advantages.",
            byDefault = "3",
            range = "[0, 100]")
        double kNegative,
    @Setting(
            value = "How fast it fades above, for negative advantages.",
            byDefault = "2",
            range = "[0, 100]")
        double lambdaNegative)
    implements Surrogate {

  public VespoSurrogate {
    Require.within("kPositive", kPositive, 0, 100);
    Require.within("lambdaPositive", lambdaPositive, 0, 100);
    Require.within("kNegative", kNegative, 0, 100);
    Require.within("lambdaNegative", lambdaNegative, 0, 100);
  }

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    double phi = stopWeight(ratio, advantage);
    double weighted = Numbers.product(phi, advantage);
    double unweighted = Numbers.product(ratio, advantage);
    double loss = -Numbers.product(weighted, logProb);
    return SurrogateTerm.ofLogProb(
        loss, -weighted, Numbers.product(unweighted, logProb), -loss, ClipBranch.INSIDE);
  }

  @Override
  public double stopWeight(double ratio, double advantage) {
    double k = advantage >= 0 ? kPositive : kNegative;
    double lambda = advantage >= 0 ? lambdaPositive : lambdaNegative;
    double above = Numbers.product(lambda, ratio);
    if (above == Double.POSITIVE_INFINITY) {
      return 0; // lambda rho outgrows k log rho
    }
    return Elementary.exp(lambda + Numbers.product(k, Elementary.log(ratio)) - above);
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    Explanation phi =
        Explanation.filled(
            stopWeight(ratio, advantage),
            "phi",
            "weight, a constant",
            "exp({1} + {2} * log({0}) - {1} * {0})",
            Explanation.of(ratio, "rho", "ratio"),
            Explanation.of(advantage >= 0 ? lambdaPositive : lambdaNegative, "lambda", ""),
            Explanation.of(advantage >= 0 ? kPositive : kNegative, "k", ""));
    return Explanation.filled(
        -Numbers.product(Numbers.product(phi.value(), advantage), logProb),
        "",
        "VESPO",
        "-{0} * {1} * {2}",
        phi,
        Explanation.of(advantage, "A", "advantage"),
        Explanation.of(logProb, "log pi", "log-probability"));
  }
}
