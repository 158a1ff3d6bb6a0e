package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;

/**
 * One ratio per completion, the plain product over its tokens (Eq. 48; RLOO as in TRL): {@code R =
 * exp( sum_t (l_t - o_t) )}, the true importance ratio of the completion. It leaves any clip range
 * the sooner the longer the completion is.
 */
public record SequenceProductRatio() implements RatioLevel {

  @Override
  public DoubleVector ratios(RatioRow row) {
    return row.fill(Elementary.exp(row.logRatios().sum()), 1);
  }

  /** {@code dlog R / dl_t = 1}. */
  @Override
  public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
    return row.fill(lossByLogRatio.sum(), 0);
  }

  @Override
  public boolean couplesTokens() {
    return true;
  }

  @Override
  public boolean clipsWholeRows() {
    return true;
  }
}
