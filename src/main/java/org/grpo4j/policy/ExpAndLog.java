package org.grpo4j.policy;

import org.grpo4j.math.Elementary;

/** The exponential and the logarithm that distributions are computed with. */
public enum ExpAndLog {
  /** Those of {@link Math}: the last bit may differ from one processor or browser to another. */
  OF_THE_MACHINE,
  /** Those of {@link Elementary}: the same bits everywhere. */
  PORTABLE;

  /** {@code e^x}. */
  double exp(double x) {
    return this == PORTABLE ? Elementary.exp(x) : Math.exp(x);
  }

  /** {@code log x}, natural. */
  double log(double x) {
    return this == PORTABLE ? Elementary.log(x) : Math.log(x);
  }
}
