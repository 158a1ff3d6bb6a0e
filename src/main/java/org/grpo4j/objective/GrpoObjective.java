package org.grpo4j.objective;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/**
 * The objective of GRPO as a loss to minimise (Eq. 1; DeepSeekMath eq. 3), and of its whole family:
 * each of the columns can be exchanged.
 *
 * <pre>L = sum_it w_it [ surrogate(rho_it, A_it) + beta KL_it ]  -  alpha sum_it u_it H_it</pre>
 *
 * <p>The result holds every intermediate number of every token and {@code g_it = dL/dlog pi_it}
 * (Eq. 7), which is all that a network needs.
 *
 * @param surrogate the policy term of a token
 * @param ratioLevel what one importance ratio covers
 * @param aggregation the weights {@code w_it}
 * @param klPenalty the divergence term in the loss
 * @param entropyBonus the entropy term
 * @param offPolicyRowMask which rows lose their policy term
 * @param logRatioBound log-ratios are bounded to {@code [-logRatioBound, logRatioBound]}, with
 *     derivative 0 outside; infinity for no bound (verl and OpenRLHF: 20)
 */
public record GrpoObjective(
    Surrogate surrogate,
    RatioLevel ratioLevel,
    Aggregation aggregation,
    KlPenalty klPenalty,
    EntropyBonus entropyBonus,
    OffPolicyRowMask offPolicyRowMask,
    double logRatioBound) {

  public GrpoObjective {
    Checks.positive("logRatioBound", logRatioBound);
  }

  /** The objective with these columns and without divergence and entropy terms. */
  public static GrpoObjective of(
      Surrogate surrogate, RatioLevel ratioLevel, Aggregation aggregation) {
    return new GrpoObjective(
        surrogate,
        ratioLevel,
        aggregation,
        KlPenalty.NONE,
        EntropyBonus.NONE,
        OffPolicyRowMask.NONE,
        Double.POSITIVE_INFINITY);
  }

  /** Clip range 0.2, a ratio per token, the paper's aggregation, no divergence term. */
  public static GrpoObjective standard() {
    return of(
        ClippedSurrogate.symmetric(0.2), RatioLevel.TOKEN, Aggregation.sequenceMeanTokenMean());
  }

  /**
   * The loss, its derivative by every log-probability, and all numbers on the way.
   *
   * @throws IllegalArgumentException if {@code beta} is positive and there is no reference policy,
   *     or {@code alpha} is not 0 and there are no entropies
   */
  public ObjectiveResult evaluate(ObjectiveInputs inputs) {
    if (klPenalty.beta() > 0 && inputs.referenceLogProbs().isEmpty()) {
      throw new IllegalArgumentException("referenceLogProbs: needed, because beta is positive");
    }
    if (entropyBonus.weight() != 0 && inputs.entropies().isEmpty()) {
      throw new IllegalArgumentException("entropies: needed, because of the entropy bonus");
    }
    TokenTable weights = aggregation.weights(inputs.mask(), inputs.groups());
    List<List<TokenTerm>> rows = new ArrayList<>(inputs.rows());
    for (int i = 0; i < inputs.rows(); i++) {
      rows.add(evaluateRow(inputs, i, weights.row(i)));
    }
    return ObjectiveResult.of(this, inputs, rows);
  }

  /** All tokens of one completion; a ratio may couple them. */
  private List<TokenTerm> evaluateRow(ObjectiveInputs inputs, int i, DoubleVector weights) {
    RatioRow row = RatioRow.of(inputs, i, logRatioBound);
    DoubleVector ratios = ratioLevel.ratios(row);
    double meanLogRatio = inputs.meanLogRatioFromCurrentToOld(i);

    List<TokenTerm> terms = new ArrayList<>(row.length());
    double[] lossByLogRatio = new double[row.length()];
    for (int t = 0; t < row.length(); t++) {
      TokenTerm term = TokenTerm.masked();
      if (row.counts(t)) {
        boolean kept = offPolicyRowMask.keeps(row.advantages().get(t), meanLogRatio);
        double policyFactor = kept ? inputs.policyFactor(i, t) : 0;
        term = evaluateToken(inputs, i, t, row, ratios.get(t), policyFactor, weights.get(t));
      }
      terms.add(term);
      lossByLogRatio[t] = term.lossByLogRatio();
    }

    DoubleVector throughRatios = ratioLevel.lossByLogProb(row, DoubleVector.of(lossByLogRatio));
    for (int t = 0; t < row.length(); t++) {
      if (row.counts(t)) {
        TokenTerm term = terms.get(t);
        double throughRatio = insideBound(inputs, i, t) ? throughRatios.get(t) : 0;
        double coefficient = term.lossByOwnLogProb() + throughRatio;
        terms.set(t, term.withLossByLogProb(coefficient));
      }
    }
    return List.copyOf(terms);
  }

  /** Eq. 1 inside the brackets, for one token. */
  private TokenTerm evaluateToken(
      ObjectiveInputs inputs,
      int i,
      int t,
      RatioRow row,
      double ratio,
      double policyFactor,
      double weight) {
    double logProb = inputs.logProbs().get(i, t);
    double logRatio = row.logRatios().get(t);
    double advantage = row.advantages().get(t);
    double beta = klPenalty.beta();

    SurrogateTerm policy = surrogate.term(logProb, ratio, advantage);
    KlPenalty.KlTerm kl = klTerm(inputs, i, t, ratio);

    double loss = policyFactor * policy.loss();
    double lossByLogRatio = policyFactor * policy.lossByLogRatio();
    double lossByOwnLogProb = policyFactor * policy.lossByLogProb();
    if (beta > 0) {
      loss += beta * kl.value();
      lossByLogRatio += beta * kl.byLogRatio();
      lossByOwnLogProb += beta * kl.byLogProb();
    }

    ClipBranch ratioBranch = ratioLevel.branch(logRatio, advantage);
    return new TokenTerm(
        true,
        logProb,
        inputs.oldLogProbs().get(i, t),
        logRatio,
        ratio,
        advantage,
        policy,
        ratioBranch == ClipBranch.INSIDE ? policy.branch() : ratioBranch,
        policyFactor,
        kl.value(),
        loss,
        weight,
        weight * lossByLogRatio,
        weight * lossByOwnLogProb,
        0);
  }

  private KlPenalty.KlTerm klTerm(ObjectiveInputs inputs, int i, int t, double ratio) {
    if (inputs.referenceLogProbs().isEmpty()) {
      return KlPenalty.KlTerm.NONE;
    }
    double referenceLogProb = inputs.referenceLogProbs().get().get(i, t);
    return klPenalty.term(inputs.logProbs().get(i, t) - referenceLogProb, ratio);
  }

  private boolean insideBound(ObjectiveInputs inputs, int i, int t) {
    double logRatio = inputs.logProbs().get(i, t) - inputs.oldLogProbs().get(i, t);
    return Math.abs(logRatio) <= logRatioBound;
  }

  /** The same with a divergence term in the loss. */
  public GrpoObjective withKl(KlPenalty penalty) {
    return new GrpoObjective(
        surrogate, ratioLevel, aggregation, penalty, entropyBonus, offPolicyRowMask, logRatioBound);
  }

  /** The same with an entropy bonus. */
  public GrpoObjective withEntropyBonus(EntropyBonus bonus) {
    return new GrpoObjective(
        surrogate, ratioLevel, aggregation, klPenalty, bonus, offPolicyRowMask, logRatioBound);
  }

  /** The same with rows left out that are too far off-policy. */
  public GrpoObjective withOffPolicyRowMask(OffPolicyRowMask rowMask) {
    return new GrpoObjective(
        surrogate, ratioLevel, aggregation, klPenalty, entropyBonus, rowMask, logRatioBound);
  }

  /** The same with a bound on log-ratios. */
  public GrpoObjective withLogRatioBound(double bound) {
    return new GrpoObjective(
        surrogate, ratioLevel, aggregation, klPenalty, entropyBonus, offPolicyRowMask, bound);
  }
}
