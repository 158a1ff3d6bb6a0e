package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;

/**
 * What one importance ratio covers: a token or a whole completion. The third of the five columns
 * that make up an algorithm.
 *
 * <p>A ratio is a function of the log-ratios {@code x_t = l_t - o_t} of a row, so a level also says
 * how a derivative by its log-ratio spreads back over the row's tokens.
 */
public sealed interface RatioLevel
    permits TokenRatio,
        SequenceRatio,
        SequenceProductRatio,
        GspoTokenRatio,
        ClippedGeometricMeanRatio,
        BoundedProductRatio {

  /** Each token its own ratio: PPO, GRPO, DAPO. */
  RatioLevel TOKEN = new TokenRatio();

  /** One ratio per completion, normalised by its length: GSPO. */
  RatioLevel SEQUENCE = new SequenceRatio();

  /** One ratio per completion, the product over its tokens: RLOO as in TRL. */
  RatioLevel SEQUENCE_PRODUCT = new SequenceProductRatio();

  /** The value of {@link #SEQUENCE} with the derivative of {@link #TOKEN}: GSPO-token. */
  RatioLevel GSPO_TOKEN = new GspoTokenRatio();

  /** {@link #SEQUENCE_PRODUCT} with VESPO's bounds. */
  RatioLevel BOUNDED_PRODUCT = new BoundedProductRatio(20, Elementary.log(1e-8), 20);

  /** The ratio that applies to each token of the row, {@code [T_i]}; 1 where masked. */
  DoubleVector ratios(RatioRow row);

  /**
   * The chain rule from ratios to tokens.
   *
   * @param lossByLogRatio {@code u_s}, the derivative of the loss by the log-ratio that applies to
   *     token {@code s}, {@code [T_i]}, 0 where masked
   * @return {@code sum_s u_s dlog rho_s / dl_t}, {@code [T_i]}, 0 where masked
   */
  DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio);

  /** True if the ratio of a token depends on other tokens of the row. */
  default boolean couplesTokens() {
    return false;
  }

  /** True if all tokens of a row share one ratio, so that rows are clipped and not tokens. */
  default boolean clipsWholeRows() {
    return false;
  }

  /** The clipping that this level does itself, before the surrogate sees the ratio. */
  default ClipBranch branch(double logRatio, double advantage) {
    return ClipBranch.INSIDE;
  }
}
