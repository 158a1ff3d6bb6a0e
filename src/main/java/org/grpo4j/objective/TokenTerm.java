package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;

/**
 * Everything the objective knows about one token, in the order in which it is computed.
 *
 * @param counts false if the token is masked; then all numbers are 0
 * @param logProb {@code log pi}
 * @param oldLogProb {@code log pi_old}
 * @param logRatio {@code log pi - log pi_old}, within the bound if there is one
 * @param ratio {@code rho}, as the ratio level defines it
 * @param advantage {@code A}
 * @param surrogate the policy term with its clipped and unclipped side
 * @param branch which branch of the surrogate, or of a ratio level that clips, is active
 * @param policyFactor what the policy term is multiplied by: importance weight, token weight, 0 if
 *     the row is dropped as off-policy
 * @param kl the KL term before {@code beta}; {@code NaN} without a reference policy
 * @param loss the token's loss: {@code policyFactor * surrogate.loss + beta * kl}
 * @param weight {@code w}, the aggregation weight
 * @param lossByLogProb {@code g = dLoss/dlog pi}, the token's coefficient (Eq. 7)
 */
public record TokenTerm(
    boolean counts,
    double logProb,
    double oldLogProb,
    double logRatio,
    double ratio,
    double advantage,
    SurrogateTerm surrogate,
    ClipBranch branch,
    double policyFactor,
    double kl,
    double loss,
    double weight,
    double lossByLogProb) {

  /** A token that does not count. */
  static final TokenTerm MASKED =
      new TokenTerm(
          false,
          0,
          0,
          0,
          0,
          0,
          SurrogateTerm.ofRatio(0, 0, 0, 0, ClipBranch.INSIDE),
          ClipBranch.INSIDE,
          0,
          0,
          0,
          0,
          0);

  /** Token {@code t} of row {@code i}, once its coefficient is known. */
  static TokenTerm of(
      ObjectiveInputs inputs,
      int i,
      int t,
      RatioRow row,
      DoubleVector ratios,
      GrpoObjective.TokenLoss token,
      ClipBranch ratioBranch,
      double weight,
      double coefficient) {
    return new TokenTerm(
        true,
        inputs.logProbs().get(i, t),
        inputs.oldLogProbs().get(i, t),
        row.logRatios().get(t),
        ratios.get(t),
        row.advantages().get(t),
        token.policy(),
        ratioBranch == ClipBranch.INSIDE ? token.policy().branch() : ratioBranch,
        token.policyFactor(),
        token.kl(),
        token.loss(),
        weight,
        coefficient);
  }

  /** {@code policyFactor * surrogate.loss}. */
  public double policyLoss() {
    return Numbers.product(policyFactor, surrogate.loss());
  }

  /** For people: the numbers that matter, to four significant digits. */
  @Override
  public String toString() {
    if (!counts) {
      return "masked";
    }
    return "rho="
        + Numbers.brief(ratio)
        + " A="
        + Numbers.brief(advantage)
        + " "
        + branch
        + " kl="
        + Numbers.brief(kl)
        + " loss="
        + Numbers.brief(loss)
        + " w="
        + Numbers.brief(weight)
        + " g="
        + Numbers.brief(lossByLogProb);
  }
}
