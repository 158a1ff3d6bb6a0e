package org.grpo4j.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;
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
 * @param klPenalty the KL term in the loss
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
    Require.bound("logRatioBound", logRatioBound);
  }

  /** The objective with these columns and without KL and entropy terms. */
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

  /** Clip range 0.2, a ratio per token, the paper's aggregation, no KL term. */
  public static GrpoObjective standard() {
    return of(
        ClippedSurrogate.symmetric(0.2),
        new RatioLevel.TokenRatio(),
        Aggregation.sequenceMeanTokenMean());
  }

  /**
   * The loss, its derivative by every log-probability, and all numbers on the way.
   *
   * @throws IllegalArgumentException if {@code beta} is positive and there is no reference policy,
   *     or {@code alpha} is not 0 and there are no entropies
   */
  public ObjectiveResult evaluate(ObjectiveInputs inputs) {
    if (klPenalty.usesReference() && inputs.referenceLogProbs().isEmpty()) {
      throw new IllegalArgumentException("referenceLogProbs: needed, because beta is positive");
    }
    if (entropyBonus.weight() != 0 && inputs.entropies().isEmpty()) {
      throw new IllegalArgumentException("entropies: needed, because of the entropy bonus");
    }
    TokenTable weights = aggregation.weights(inputs.mask(), inputs.groups());
    List<List<TokenTerm>> rows = new ArrayList<>(inputs.rows());
    double loss = 0;
    double policyLoss = 0;
    double klLoss = 0;
    for (int i = 0; i < inputs.rows(); i++) {
      List<TokenTerm> row = evaluateRow(inputs, i, weights.row(i));
      for (TokenTerm term : row) {
        loss += Numbers.product(term.weight(), term.loss());
        policyLoss += Numbers.product(term.weight(), term.policyLoss());
        klLoss += klPenalty.beta() > 0 ? term.weight() * klPenalty.beta() * term.kl() : 0;
      }
      rows.add(row);
    }
    return ObjectiveResult.of(this, inputs, rows, loss, policyLoss, klLoss);
  }

  /** All tokens of one completion, and their coefficients (Eq. 7); a ratio may couple them. */
  private List<TokenTerm> evaluateRow(ObjectiveInputs inputs, int i, DoubleVector weights) {
    RatioRow row = RatioRow.of(inputs, i, logRatioBound);
    DoubleVector ratios = ratioLevel.ratios(row);
    DoubleVector klLogRatios = ratioLevel.ofKl().logRatios(row);
    double meanLogRatio = inputs.meanLogProbDrop(i);

    TokenLoss[] tokens = new TokenLoss[row.length()];
    double[] lossByLogRatio = new double[row.length()];
    for (int t = 0; t < row.length(); t++) {
      if (row.counts(t)) {
        boolean kept = offPolicyRowMask.keeps(row.advantages().get(t), meanLogRatio);
        double policyFactor = kept ? inputs.policyFactor(i, t) : 0;
        KlPenalty.KlTerm kl = klTerm(inputs, i, t, row, klLogRatios.get(t));
        tokens[t] = evaluateToken(inputs, i, t, ratios.get(t), policyFactor, kl);
        lossByLogRatio[t] = Numbers.product(weights.get(t), tokens[t].byLogRatio());
      }
    }
    DoubleVector throughRatios = ratioLevel.lossByLogProb(row, DoubleVector.of(lossByLogRatio));

    List<TokenTerm> terms = new ArrayList<>(row.length());
    for (int t = 0; t < row.length(); t++) {
      TokenTerm term = TokenTerm.MASKED;
      if (row.counts(t)) {
        double own = Numbers.product(weights.get(t), tokens[t].byOwnLogProb());
        double throughRatio = row.insideBound(t) ? throughRatios.get(t) : 0;
        double coefficient = own + throughRatio;
        ClipBranch branch = ratioLevel.branch(row.logRatios().get(t), row.advantages().get(t));
        term =
            TokenTerm.of(inputs, i, t, row, ratios, tokens[t], branch, weights.get(t), coefficient);
      }
      terms.add(term);
    }
    return List.copyOf(terms);
  }

  /** Eq. 1 inside the brackets, for one token. */
  private TokenLoss evaluateToken(
      ObjectiveInputs inputs,
      int i,
      int t,
      double ratio,
      double policyFactor,
      KlPenalty.KlTerm kl) {
    double logProb = inputs.logProbs().get(i, t);
    double advantage = inputs.advantages().get(i, t);
    double beta = klPenalty.beta();

    SurrogateTerm policy = surrogate.term(logProb, ratio, advantage);

    double loss = Numbers.product(policyFactor, policy.loss());
    double byLogRatio = Numbers.product(policyFactor, policy.lossByLogRatio());
    double byOwnLogProb = Numbers.product(policyFactor, policy.lossByLogProb());
    if (beta > 0) {
      loss += beta * kl.value();
      byLogRatio += beta * kl.byLogRatio();
      byOwnLogProb += beta * kl.byLogProb();
    }
    return new TokenLoss(policy, policyFactor, kl.value(), loss, byLogRatio, byOwnLogProb);
  }

  /**
   * The loss of a token before its weight, and its derivatives.
   *
   * @param policy the policy term
   * @param policyFactor what the policy term is multiplied by
   * @param kl the KL term before {@code beta}; {@code NaN} without a reference policy
   * @param loss both together
   * @param byLogRatio derivative by the log-ratio that applies to the token
   * @param byOwnLogProb derivative by {@code log pi} apart from the ratio
   */
  record TokenLoss(
      SurrogateTerm policy,
      double policyFactor,
      double kl,
      double loss,
      double byLogRatio,
      double byOwnLogProb) {}

  /**
   * The KL term of one token.
   *
   * @param klLogRatio the token's log-ratio at the level {@link RatioLevel#ofKl()}
   */
  KlPenalty.KlTerm klTerm(ObjectiveInputs inputs, int i, int t, RatioRow row, double klLogRatio) {
    Optional<TokenTable> from = klPenalty.logProbs(inputs);
    if (from.isEmpty()) {
      return KlPenalty.KlTerm.NONE;
    }
    double referenceLogProb = from.get().get(i, t);
    KlPenalty.KlTerm term =
        klPenalty
            .term(inputs.logProbs().get(i, t) - referenceLogProb, klLogRatio)
            .times(inputs.klFactor(i, t));
    boolean sameRatio = ratioLevel.ofKl().equals(ratioLevel);
    return sameRatio ? term : term.throughOwnLogProb(row.insideBound(t));
  }

  /** The same with a KL term in the loss. */
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
