package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;

/**
 * One ratio per completion, the geometric mean over its tokens (Eq. 47; GSPO, arXiv 2507.18071):
 * {@code s = exp( (1/n) sum_t (l_t - o_t) )}.
 */
public record SequenceRatio() implements RatioLevel {

  @Override
  public DoubleVector ratios(RatioRow row) {
    double meanLogRatio = row.logRatios().sum() / Math.max(1, row.countedTokens());
    return row.fill(Elementary.exp(meanLogRatio), 1);
  }

  /** {@code dlog s / dl_t = 1/n}. */
  @Override
  public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
    return row.fill(lossByLogRatio.sum() / Math.max(1, row.countedTokens()), 0);
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
