package org.grpo4j.objective;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;

/**
 * Builds the explanations of an {@link ObjectiveResult}, in its own order of operations. What is
 * not there is left out: a factor of 1, a KL term without weight, a part of the coefficient that is
 * 0 for every token.
 */
final class ObjectiveExplainer {

  private final ObjectiveResult result;
  private final GrpoObjective objective;

  ObjectiveExplainer(ObjectiveResult result) {
    this.result = result;
    this.objective = result.objective();
  }

  /** The tree of {@link TokenTerm#loss}. */
  Explanation loss(int i, int t) {
    TokenTerm term = result.token(i, t);
    if (!term.counts()) {
      return Explanation.of(0, "l", "loss: 0, because the token is masked");
    }
    Explanation surrogate =
        objective.surrogate().explain(term.logProb(), term.ratio(), term.advantage());
    Explanation policy = withFactor(term, surrogate.withDetail(ratio(term)));
    if (beta() == 0) {
      return policy.as("l");
    }
    Explanation kl = kl(i, t);
    return Explanation.filled(
        policy.value() + beta() * kl.value(),
        "l",
        "loss of the token",
        "{0} + {1} * {2}",
        policy,
        explainedBeta(),
        kl);
  }

  /** {@code part}, times the factor of the policy term if that is not 1. */
  private static Explanation withFactor(TokenTerm term, Explanation part) {
    double factor = term.policyFactor();
    return factor == 1
        ? part
        : Explanation.filled(
            Numbers.product(factor, part.value()),
            "",
            "",
            "{0} * {1}",
            Explanation.of(factor, "f", "factor of the policy term"),
            part);
  }

  Explanation ratio(TokenTerm term) {
    boolean ofToken = objective.ratioLevel() instanceof RatioLevel.TokenRatio;
    boolean bounded = term.logRatio() != term.logProb() - term.oldLogProb();
    Explanation logRatio =
        new Explanation(
            term.logRatio(),
            "",
            bounded
                ? "log-ratio of this token, at its bound"
                : ofToken ? "" : "log-ratio of this token",
            bounded ? "" : "{0} - {1}",
            List.of(
                Explanation.of(term.logProb(), "log pi", "log-probability"),
                Explanation.of(
                    term.oldLogProb(), "log pi_old", "that of the policy that sampled")));
    return ofToken
        ? Explanation.filled(term.ratio(), "rho", "ratio", "exp({0})", logRatio)
        : Explanation.of(
            term.ratio(), "rho", "ratio: " + objective.ratioLevel().formula(), logRatio);
  }

  /** The tree of {@link TokenTerm#lossByLogProb}. */
  Explanation coefficient(int i, int t) {
    TokenTerm term = result.token(i, t);
    if (!term.counts()) {
      return Explanation.of(0, "g", "coefficient: 0, because the token is masked");
    }
    Explanation throughRatio = throughRatio(i, t);
    if (beta() == 0 && term.surrogate().lossByLogProb() == 0) {
      // 0 + -0 is 0, as in the coefficient itself.
      return new Explanation(
          0 + throughRatio.value(),
          "g",
          throughRatio.description(),
          throughRatio.formula(),
          throughRatio.parts());
    }
    Explanation own = own(term, i, t);
    return Explanation.filled(
        own.value() + throughRatio.value(),
        "g",
        "coefficient: through the ratio, and by the log-probability itself",
        "{0} + {1}",
        throughRatio,
        own);
  }

  /** The effect of the token's log-probability on the loss apart from ratios. */
  private Explanation own(TokenTerm term, int i, int t) {
    double slope = term.surrogate().lossByLogProb();
    Explanation surrogate =
        objective.surrogate().explain(term.logProb(), term.ratio(), term.advantage());
    Explanation policy =
        withFactor(
            term,
            Explanation.of(
                slope, "dl/dlog pi", "slope of the surrogate", surrogate.withDetail(ratio(term))));
    Explanation weight = weight(i);
    if (beta() == 0) {
      return Explanation.filled(
          Numbers.product(weight.value(), policy.value()), "", "", "{0} * {1}", weight, policy);
    }
    boolean weighted = result.inputs().klFactor(i, t) != 1;
    Explanation slopeOfKl = objective.klPenalty().explainSlope(klTerm(i, t), kl(i, t), weighted);
    double sum = policy.value() + beta() * slopeOfKl.value();
    double value = Numbers.product(weight.value(), sum);
    return slope == 0
        ? Explanation.filled(value, "", "", "{0} * {1} * {2}", weight, explainedBeta(), slopeOfKl)
        : Explanation.filled(
            value, "", "", "{0} * ({1} + {2} * {3})", weight, policy, explainedBeta(), slopeOfKl);
  }

  /** The part of the gradient that reaches token {@code t} through the ratios of its row. */
  private Explanation throughRatio(int i, int t) {
    RatioRow row = RatioRow.of(result.inputs(), i, objective.logRatioBound());
    if (!row.insideBound(t)) {
      return Explanation.of(0, "", "0 through the ratio: the log-ratio is at its bound");
    }
    Explanation ofToken = byLogRatio(i, t, true);
    if (objective.ratioLevel() instanceof RatioLevel.TokenRatio) {
      return ofToken;
    }
    double[] lossByLogRatio = new double[row.length()];
    List<Explanation> parts = new ArrayList<>();
    for (int s = 0; s < row.length(); s++) {
      if (row.counts(s)) {
        Explanation byLogRatio = s == t ? ofToken : byLogRatio(i, s, false);
        lossByLogRatio[s] = byLogRatio.value();
        if (s == t || objective.ratioLevel().couplesTokens()) {
          parts.add(byLogRatio);
        }
      }
    }
    DoubleVector spread =
        objective.ratioLevel().lossByLogProb(row, DoubleVector.of(lossByLogRatio));
    return new Explanation(spread.get(t), "", "through the ratio", "", parts);
  }

  /** {@code w dl/dlog rho} of token {@code s}; its parts too if it is shown in full. */
  private Explanation byLogRatio(int i, int s, boolean inFull) {
    TokenTerm term = result.token(i, s);
    Explanation weight = weight(i);
    double slope = Numbers.product(term.policyFactor(), term.surrogate().lossByLogRatio());
    if (beta() > 0) {
      slope += beta() * klTerm(i, s).byLogRatio();
    }
    double value = Numbers.product(weight.value(), slope);
    String description = "through the ratio of token " + s + ", " + term.branch().words();
    return inFull
        ? Explanation.filled(value, "", description, "{0} * {1}", weight, slope(term, i, s, slope))
        : Explanation.of(value, "", description);
  }

  /** {@code dl/dlog rho} of one token, before the weight. */
  private Explanation slope(TokenTerm term, int i, int s, double value) {
    Explanation ofSurrogate =
        objective
            .surrogate()
            .explainByLogRatio(term.logProb(), term.ratio(), term.advantage())
            .withDetail(ratio(term));
    Explanation policy = withFactor(term, ofSurrogate);
    if (!objective.klPenalty().ratioWeighted() || beta() == 0) {
      return policy;
    }
    return Explanation.filled(
        value,
        "",
        "",
        "{0} + {1} * {2}",
        policy,
        explainedBeta(),
        Explanation.of(klTerm(i, s).byLogRatio(), "dKL/dlog rho", "slope of KL", kl(i, s)));
  }

  private double beta() {
    return objective.klPenalty().beta();
  }

  private Explanation explainedBeta() {
    return Explanation.of(beta(), "beta", "weight of KL");
  }

  Explanation weight(int i) {
    ObjectiveInputs inputs = result.inputs();
    return objective.aggregation().explain(inputs.mask(), inputs.groups(), i);
  }

  private KlPenalty.KlTerm klTerm(int i, int t) {
    RatioRow row = RatioRow.of(result.inputs(), i, objective.logRatioBound());
    return objective.klTerm(result.inputs(), i, t, row, klLogRatio(row, t));
  }

  Explanation kl(int i, int t) {
    RatioRow row = RatioRow.of(result.inputs(), i, objective.logRatioBound());
    double referenceLogProb =
        objective.klPenalty().logProbs(result.inputs()).orElseThrow().get(i, t);
    double logProb = result.token(i, t).logProb();
    Explanation kl = objective.klPenalty().explain(logProb, referenceLogProb, klLogRatio(row, t));
    double factor = result.inputs().klFactor(i, t);
    return factor == 1
        ? kl
        : Explanation.filled(
            Numbers.product(factor, kl.value()),
            "KL",
            "the estimate times the factor of the token",
            "{0} * {1}",
            Explanation.of(factor, "f", "factor of the KL term"),
            kl.as(""));
  }

  private double klLogRatio(RatioRow row, int t) {
    return objective.ratioLevel().ofKl().logRatios(row).get(t);
  }
}
