package org.grpo4j.objective;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;

/** Builds the explanations of an {@link ObjectiveResult}, in its own order of operations. */
final class ObjectiveExplainer {

  /** What surrogates call their ratio. */
  private static final String RATIO = "ratio rho";

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
      return Explanation.of(0, "loss: 0, because the token is masked");
    }
    Explanation surrogate =
        objective
            .surrogate()
            .explain(term.logProb(), term.ratio(), term.advantage())
            .withDetail(RATIO, ratio(term));
    Explanation factor = factor(term);
    Explanation policy =
        Explanation.filled(
            Numbers.product(factor.value(), surrogate.value()),
            "policy term = factor * surrogate",
            "{0} * {1}",
            factor,
            surrogate);
    double beta = objective.klPenalty().beta();
    if (beta == 0) {
      return Explanation.of(policy.value(), "loss of the token = policy term", policy);
    }
    Explanation kl = kl(term, i, t);
    Explanation coefficient = Explanation.of(beta, "beta");
    return Explanation.filled(
        policy.value() + coefficient.value() * kl.value(),
        "loss of the token = policy term + beta * divergence",
        "{0} + {1} * {2}",
        policy,
        coefficient,
        kl);
  }

  private Explanation ratio(TokenTerm term) {
    Explanation logRatio =
        Explanation.filled(
            term.logRatio(),
            "log-ratio of this token = log pi - log pi_old",
            "{0} - {1}",
            Explanation.of(term.logProb(), "log pi"),
            Explanation.of(term.oldLogProb(), "log pi_old"));
    if (objective.ratioLevel() instanceof RatioLevel.TokenRatio) {
      return Explanation.filled(term.ratio(), "rho = exp(log-ratio)", "exp({0})", logRatio);
    }
    return Explanation.of(
        term.ratio(), "rho from all tokens: " + objective.ratioLevel().formula(), logRatio);
  }

  /** The tree of {@link TokenTerm#lossByLogProb}. */
  Explanation coefficient(int i, int t) {
    TokenTerm term = result.token(i, t);
    if (!term.counts()) {
      return Explanation.of(0, "dLoss/dlogp: 0, because the token is masked");
    }
    Explanation own = own(term, i, t);
    Explanation throughRatio = throughRatio(i, t);
    double value = own.value() + throughRatio.value();
    // The policy's own term first: of most surrogates it acts through the ratio.
    return term.surrogate().lossByLogProb() == 0
        ? Explanation.filled(
            value,
            "coefficient g = dLoss/dlogp = through the ratio + by its own log-probability",
            "{0} + {1}",
            throughRatio,
            own)
        : Explanation.filled(
            value,
            "coefficient g = dLoss/dlogp = by its own log-probability + through the ratio",
            "{0} + {1}",
            own,
            throughRatio);
  }

  private Explanation own(TokenTerm term, int i, int t) {
    Explanation policy =
        Explanation.of(
            Numbers.product(term.policyFactor(), term.surrogate().lossByLogProb()),
            "factor * dsurrogate/dlogp apart from the ratio");
    Explanation weight = weight(term, i);
    double beta = objective.klPenalty().beta();
    if (beta == 0) {
      return Explanation.filled(
          Numbers.product(weight.value(), policy.value()),
          "own = w * policy",
          "{0} * {1}",
          weight,
          policy);
    }
    double klByLogProb = klTerm(i, t).byLogProb();
    Explanation kl =
        Explanation.filled(
            beta * klByLogProb,
            "beta * ddivergence/dlogp",
            "{0} * {1}",
            Explanation.of(beta, "beta"),
            Explanation.of(klByLogProb, "ddivergence/dlogp", kl(term, i, t)));
    return Explanation.filled(
        Numbers.product(weight.value(), policy.value() + kl.value()),
        "own = w * (policy + divergence)",
        "{0} * ({1} + {2})",
        weight,
        policy,
        kl);
  }

  /** What reaches token {@code t} through the ratios of its row. */
  private Explanation throughRatio(int i, int t) {
    RatioRow row = RatioRow.of(result.inputs(), i, objective.logRatioBound());
    double[] lossByLogRatio = new double[row.length()];
    List<Explanation> parts = new ArrayList<>();
    for (int s = 0; s < row.length(); s++) {
      if (row.counts(s)) {
        TokenTerm term = result.token(i, s);
        boolean shown = s == t || objective.ratioLevel().couplesTokens();
        Explanation byLogRatio = byLogRatio(term, i, s, s == t);
        lossByLogRatio[s] = byLogRatio.value();
        if (shown) {
          parts.add(byLogRatio);
        }
      }
    }
    DoubleVector spread =
        objective.ratioLevel().lossByLogProb(row, DoubleVector.of(lossByLogRatio));
    boolean inside = row.insideBound(t);
    return new Explanation(
        inside ? spread.get(t) : 0,
        inside ? "through the ratio" : "through the ratio: 0, the log-ratio is at its bound",
        parts);
  }

  private Explanation byLogRatio(TokenTerm term, int i, int s, boolean inFull) {
    double beta = objective.klPenalty().beta();
    double byLogRatio = Numbers.product(term.policyFactor(), term.surrogate().lossByLogRatio());
    if (beta > 0) {
      byLogRatio += beta * klTerm(i, s).byLogRatio();
    }
    Explanation weight = weight(term, i);
    String description = "w * dloss/dlog rho of token " + s + ", branch " + term.branch();
    if (!inFull) {
      return Explanation.of(Numbers.product(weight.value(), byLogRatio), description);
    }
    return Explanation.filled(
        Numbers.product(weight.value(), byLogRatio),
        description,
        "{0} * {1}",
        weight,
        byLogRatio(term, i, s, byLogRatio));
  }

  /** {@code dloss/dlog rho} of one token, before the weight. */
  private Explanation byLogRatio(TokenTerm term, int i, int s, double value) {
    Explanation slope =
        objective
            .surrogate()
            .explainByLogRatio(term.logProb(), term.ratio(), term.advantage())
            .withDetail(RATIO, ratio(term));
    if (!objective.klPenalty().ratioWeighted() || objective.klPenalty().beta() == 0) {
      return Explanation.filled(
          value, "dloss/dlog rho = factor * dsurrogate/dlog rho", "{0} * {1}", factor(term), slope);
    }
    return Explanation.filled(
        value,
        "dloss/dlog rho = factor * dsurrogate/dlog rho + beta * ddivergence/dlog rho",
        "{0} * {1} + {2} * {3}",
        factor(term),
        slope,
        Explanation.of(objective.klPenalty().beta(), "beta"),
        Explanation.of(klTerm(i, s).byLogRatio(), "ddivergence/dlog rho", kl(term, i, s)));
  }

  private static Explanation factor(TokenTerm term) {
    return Explanation.of(term.policyFactor(), "factor of the policy term");
  }

  private Explanation weight(TokenTerm term, int i) {
    ObjectiveInputs inputs = result.inputs();
    String formula = objective.aggregation().formula(inputs.mask(), inputs.groups(), i);
    return Explanation.of(term.weight(), "weight w = " + formula);
  }

  private KlPenalty.KlTerm klTerm(int i, int t) {
    RatioRow row = RatioRow.of(result.inputs(), i, objective.logRatioBound());
    return objective.klTerm(result.inputs(), i, t, row, klLogRatio(row, t));
  }

  private Explanation kl(TokenTerm term, int i, int t) {
    RatioRow row = RatioRow.of(result.inputs(), i, objective.logRatioBound());
    double referenceLogProb = result.inputs().referenceLogProbs().orElseThrow().get(i, t);
    return objective.klPenalty().explain(term.logProb(), referenceLogProb, klLogRatio(row, t));
  }

  private double klLogRatio(RatioRow row, int t) {
    return objective.ratioLevel().ofKl().logRatios(row).get(t);
  }
}
