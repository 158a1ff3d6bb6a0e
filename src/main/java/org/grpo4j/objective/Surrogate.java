package org.grpo4j.objective;

import org.grpo4j.declare.Kinds;
import org.grpo4j.math.Explanation;

/**
 * The policy term of one token: what is minimised in place of the negative expected reward. The
 * second of the five columns that make up an algorithm.
 */
@Kinds({
  ClippedSurrogate.class,
  TwoSidedSurrogate.class,
  DualClipSurrogate.class,
  ImportanceWeightedSurrogate.class,
  ReinforceSurrogate.class,
  CispoSurrogate.class,
  SapoSurrogate.class,
  VespoSurrogate.class,
  DppoSurrogate.class
})
public interface Surrogate {

  /**
   * Loss and derivatives of one token.
   *
   * @param logProb {@code l = log pi(o_it)}, current policy
   * @param ratio {@code rho}, as the ratio level defines it
   * @param advantage {@code A_it}
   */
  SurrogateTerm term(double logProb, double ratio, double advantage);

  /**
   * The constant that multiplies {@code -A log pi}, for surrogates of that form (CISPO, VESPO);
   * {@code NaN} for the others.
   */
  default double stopWeight(double ratio, double advantage) {
    return Double.NaN;
  }

  /** The explanation of the loss of {@link #term}; same value to the last bit. */
  Explanation explain(double logProb, double ratio, double advantage);

  /** The explanation of {@code dloss/dlog rho} of {@link #term}; same value to the last bit. */
  default Explanation explainByLogRatio(double logProb, double ratio, double advantage) {
    return Explanation.of(
        term(logProb, ratio, advantage).lossByLogRatio(),
        "dl/dlog rho",
        "slope of the surrogate",
        explain(logProb, ratio, advantage));
  }
}
