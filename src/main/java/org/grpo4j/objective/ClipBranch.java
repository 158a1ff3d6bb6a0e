package org.grpo4j.objective;

/** The part of a surrogate that a token is on. */
public enum ClipBranch {
  /** Nothing bounds the token. */
  INSIDE("inside the range"),
  /** {@code A < 0} and the token is already less likely than the range allows: no gradient. */
  CLIPPED_LOW("clipped below"),
  /** {@code A > 0} and the token is already more likely than the range allows: no gradient. */
  CLIPPED_HIGH("clipped above"),
  /** A second bound holds: dual clip, the upper bound of two-sided clipping, a capped weight. */
  BOUNDED("bounded");

  private final String words;

  ClipBranch(String words) {
    this.words = words;
  }

  /** The branch in the words of an explanation. */
  public String words() {
    return words;
  }
}
