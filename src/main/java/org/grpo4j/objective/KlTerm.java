package org.grpo4j.objective;

/**
 * The divergence term of one token, before {@code beta}.
 *
 * @param value the estimate as used, the ratio weight included
 * @param byLogRatio derivative through the ratio weight
 * @param byLogProb derivative through the estimate
 */
record KlTerm(double value, double byLogRatio, double byLogProb) {

  /** No reference policy: nothing to add and nothing to report. */
  static final KlTerm NONE = new KlTerm(Double.NaN, 0, 0);
}
