package org.grpo4j.objective;

import java.util.List;
import java.util.Optional;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * A penalty in the loss for leaving the reference policy: {@code beta} times an estimate of the
 * divergence, added to every token's loss. The fifth of the columns that make up an algorithm;
 * {@link KlInReward} is the other place for it.
 *
 * @param beta the weight, at least 0; with 0 the KL divergence is only reported
 * @param estimator the estimate
 * @param ratioWeighted true to multiply the estimate by the ratio, through which it is then also
 *     differentiated: the expected gradient is that of {@code KL(pi || ref)} even on samples of an
 *     old policy (DeepSeek-V3.2)
 * @param logBound {@code x} is bounded to {@code [-logBound, logBound]}, derivative 0 outside;
 *     infinity for no bound (verl: 20)
 * @param valueBound the estimate is bounded to {@code [-valueBound, valueBound]}, derivative 0
 *     outside; infinity for no bound (verl: 10)
 * @param from the policy it is measured from. K2 with {@code beta = 2 tau} from the old policy is
 *     the squared log-ratio penalty {@code tau (log rho)^2} (Eq. 62; prime-rl)
 */
public record KlPenalty(
    @Setting(
            value = "Its weight beta.",
            byDefault = "0.04",
            range = "[0, inf)",
            key = "coefficient")
        double beta,
    @Setting(value = "Estimator of the KL divergence (Eq. 5).", byDefault = "k3")
        KlEstimator estimator,
    @Setting(
            value = "Multiply by the ratio, so that the gradient is right off-policy too.",
            byDefault = "false")
        boolean ratioWeighted,
    @Setting(
            value = "Bound of log pi - log pi_ref; no gradient beyond it.",
            byDefault = "none",
            range = "(0, inf]")
        double logBound,
    @Setting(
            value = "Bound of the estimate; no gradient beyond it.",
            byDefault = "none",
            range = "(0, inf]")
        double valueBound,
    @Setting(
            value =
                "The policy it is measured from: frozen for the reference policy, old for the one"
                    + " that sampled (Eq. 62).",
            byDefault = "frozen",
            added = true)
        From from) {

  /** The policy that the divergence is measured from. */
  public enum From {
    /** The reference policy, which is kept beside the one that learns. */
    FROZEN,
    /** The policy that sampled: 0 in the first step on a rollout. */
    OLD
  }

  /** No penalty: the KL divergence is reported by K3 if a reference is given. */
  public static final KlPenalty NONE = of(0, KlEstimator.K3);

  /** Measured from the reference policy. */
  public KlPenalty(
      double beta,
      KlEstimator estimator,
      boolean ratioWeighted,
      double logBound,
      double valueBound) {
    this(beta, estimator, ratioWeighted, logBound, valueBound, From.FROZEN);
  }

  public KlPenalty {
    Require.atLeastZero("beta", beta);
    Require.bound("logBound", logBound);
    Require.bound("valueBound", valueBound);
  }

  /** The penalty without ratio weight and without bounds. */
  public static KlPenalty of(double beta, KlEstimator estimator) {
    double unbounded = Double.POSITIVE_INFINITY;
    return new KlPenalty(beta, estimator, false, unbounded, unbounded);
  }

  /** The same with another weight. */
  public KlPenalty withBeta(double newBeta) {
    return new KlPenalty(newBeta, estimator, ratioWeighted, logBound, valueBound, from);
  }

  /** The same, multiplied by the ratio. */
  public KlPenalty weightedByRatio() {
    return new KlPenalty(beta, estimator, true, logBound, valueBound, from);
  }

  /** The same with bounds. */
  public KlPenalty bounded(double newLogBound, double newValueBound) {
    return new KlPenalty(beta, estimator, ratioWeighted, newLogBound, newValueBound, from);
  }

  /** The same, measured from the policy that sampled. */
  public KlPenalty fromOldPolicy() {
    return new KlPenalty(beta, estimator, ratioWeighted, logBound, valueBound, From.OLD);
  }

  /** Whether a frozen copy of the policy is needed. */
  public boolean usesReference() {
    return beta > 0 && from == From.FROZEN;
  }

  /** The log-probabilities that it is measured from, if they are given. */
  Optional<TokenTable> logProbs(ObjectiveInputs inputs) {
    return from == From.OLD ? Optional.of(inputs.oldLogProbs()) : inputs.referenceLogProbs();
  }

  /** The estimate at {@code x = log pi - log pi_ref}, within the bounds. */
  public double value(double x) {
    return bound(estimator.value(bound(x, logBound)), valueBound);
  }

  /** The derivative of {@link #value} by {@code log pi}; 0 outside the bounds. */
  public double derivative(double x) {
    boolean inside =
        Math.abs(x) <= logBound && Math.abs(estimator.value(bound(x, logBound))) <= valueBound;
    return inside ? estimator.derivative(x) : 0;
  }

  /**
   * The KL term of one token, {@code beta} not included.
   *
   * @param x {@code log pi - log pi_ref}
   * @param logRatio logarithm of the ratio that weights the term if it is ratio-weighted
   */
  KlTerm term(double x, double logRatio) {
    if (!ratioWeighted) {
      return new KlTerm(value(x), 0, derivative(x));
    }
    if (Math.abs(x) > logBound || valueBound < Double.POSITIVE_INFINITY) {
      double ratio = Elementary.exp(logRatio);
      double weighted = Numbers.product(ratio, value(x));
      return new KlTerm(weighted, weighted, Numbers.product(ratio, derivative(x)));
    }
    double weighted = estimator.weightedValue(x, logRatio);
    return new KlTerm(weighted, weighted, estimator.weightedDerivative(x, logRatio));
  }

  /** The explanation of the value of {@link #term}; same value to the last bit. */
  Explanation explain(double logProb, double referenceLogProb, double logRatio) {
    Explanation x =
        Explanation.filled(
            logProb - referenceLogProb,
            "x",
            "",
            "{0} - {1}",
            Explanation.of(logProb, "log pi", "log-probability"),
            Explanation.of(
                referenceLogProb,
                from == From.OLD ? "log pi_old" : "log pi_ref",
                (from == From.OLD
                        ? "that of the policy that sampled"
                        : "that of the reference policy")
                    + ", the probability "
                    + Numbers.brief(Elementary.exp(referenceLogProb))));
    boolean bounded = value(x.value()) != estimator.value(x.value());
    Explanation estimate =
        new Explanation(
            value(x.value()),
            "KL",
            "KL divergence, estimator " + estimator + (bounded ? ", at its bound" : ""),
            bounded ? "" : estimator.formula(),
            List.of(x));
    if (!ratioWeighted) {
      return estimate;
    }
    return Explanation.filled(
        term(x.value(), logRatio).value(),
        "KL",
        "the ratio times the estimate",
        "{0} * {1}",
        Explanation.of(Elementary.exp(logRatio), "rho", "ratio"),
        estimate.as(""));
  }

  /**
   * The explanation of the derivative of {@link #term} by the log-probability.
   *
   * @param weighted whether the token has a factor
   */
  Explanation explainSlope(KlTerm term, Explanation kl, boolean weighted) {
    double slope = term.byLogProb();
    Explanation x = kl.parts().get(0);
    boolean plain = !ratioWeighted && !weighted && slope == estimator.derivative(x.value());
    return new Explanation(
        slope,
        "dKL/dlog pi",
        "slope of KL",
        plain ? estimator.slope() : "",
        List.of(plain ? x : kl));
  }

  private static double bound(double x, double bound) {
    return Math.max(-bound, Math.min(x, bound));
  }

  /**
   * The KL term of one token, before {@code beta}.
   *
   * @param value the estimate as used, the ratio weight included
   * @param byLogRatio derivative through the ratio weight
   * @param byLogProb derivative through the estimate
   */
  record KlTerm(double value, double byLogRatio, double byLogProb) {

    /** No reference policy: nothing to add and nothing to report. */
    static final KlTerm NONE = new KlTerm(Double.NaN, 0, 0);

    /** The same with a factor of the token. */
    KlTerm times(double factor) {
      return factor == 1
          ? this
          : new KlTerm(
              Numbers.product(factor, value),
              Numbers.product(factor, byLogRatio),
              Numbers.product(factor, byLogProb));
    }

    /** The same where the ratio weight is the token's own and not that of the surrogate. */
    KlTerm throughOwnLogProb(boolean ratioMoves) {
      return new KlTerm(value, 0, byLogProb + (ratioMoves ? byLogRatio : 0));
    }
  }
}
