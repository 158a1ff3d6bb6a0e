package org.grpo4j.objective;

/** Which part of a surrogate a token is on. */
public enum ClipBranch {
  /** Nothing bounds the token. */
  INSIDE,
  /** {@code A < 0} and the token is already less likely than the range allows: no gradient. */
  CLIPPED_LOW,
  /** {@code A > 0} and the token is already more likely than the range allows: no gradient. */
  CLIPPED_HIGH,
  /** A second bound holds: dual clip, the upper bound of two-sided clipping, a capped weight. */
  BOUNDED
}
