package org.grpo4j.objective;

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
 * @param kl the divergence term before {@code beta}; {@code NaN} without a reference policy
 * @param loss the token's loss: {@code policyFactor * surrogate.loss + beta * kl}
 * @param weight {@code w}, the aggregation weight
 * @param lossByLogRatio derivative of the whole loss by the log-ratio that applies to the token
 * @param lossByOwnLogProb derivative of the whole loss by {@code log pi} apart from the ratio
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
    double lossByLogRatio,
    double lossByOwnLogProb,
    double lossByLogProb) {

  private static final TokenTerm MASKED =
      new TokenTerm(
          false,
          0,
          0,
          0,
          0,
          0,
          new SurrogateTerm(0, 0, 0, 0, 0, ClipBranch.INSIDE),
          ClipBranch.INSIDE,
          0,
          0,
          0,
          0,
          0,
          0,
          0);

  /** A token that does not count. */
  static TokenTerm masked() {
    return MASKED;
  }

  /** {@code policyFactor * surrogate.loss}. */
  public double policyLoss() {
    return policyFactor * surrogate.loss();
  }

  /** The same with its coefficient, which is known once the whole row is. */
  TokenTerm withLossByLogProb(double coefficient) {
    return new TokenTerm(
        counts,
        logProb,
        oldLogProb,
        logRatio,
        ratio,
        advantage,
        surrogate,
        branch,
        policyFactor,
        kl,
        loss,
        weight,
        lossByLogRatio,
        lossByOwnLogProb,
        coefficient);
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
