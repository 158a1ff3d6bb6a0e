package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;

/**
 * The extent of one importance ratio: a token or a whole completion. The third of the five columns
 * that make up an algorithm.
 *
 * <p>A ratio is a function of the log-ratios {@code x_t = l_t - o_t} of a row, so a level also says
 * how a derivative by its log-ratio spreads back over the row's tokens.
 */
@Kinds({
  RatioLevel.TokenRatio.class,
  RatioLevel.SequenceRatio.class,
  RatioLevel.SequenceProductRatio.class,
  RatioLevel.GspoTokenRatio.class,
  ClippedGeometricMeanRatio.class,
  BoundedProductRatio.class
})
public interface RatioLevel {

  /**
   * The logarithm of the ratio that applies to each token of the row, {@code [T_i]}; 0 where
   * masked.
   */
  DoubleVector logRatios(RatioRow row);

  /** The ratio that applies to each token of the row, {@code [T_i]}; 1 where masked. */
  default DoubleVector ratios(RatioRow row) {
    DoubleVector logRatios = logRatios(row);
    double[] ratios = new double[row.length()];
    for (int t = 0; t < ratios.length; t++) {
      ratios[t] = Elementary.exp(logRatios.get(t));
    }
    return DoubleVector.of(ratios);
  }

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

  /** The formula of the ratio in the log-ratios of the row, in words. */
  default String formula() {
    return "computed from the log-ratios of the completion";
  }

  /**
   * The level of the ratio that weights a KL penalty in the loss: this one, but for levels whose
   * ratio is a part of a surrogate and no importance weight, which leave it at a ratio per token.
   */
  default RatioLevel ofKl() {
    return this;
  }

  /** The clipping that this level does itself, before the surrogate sees the ratio. */
  default ClipBranch branch(double logRatio, double advantage) {
    return ClipBranch.INSIDE;
  }

  /** One ratio per token (Eq. 2): {@code rho_t = pi(o_t) / pi_old(o_t) = exp(l_t - o_t)}. */
  @Kind(
      value = "token",
      label = "Token (PPO, GRPO)",
      description = "Every token has its own ratio: PPO and GRPO.",
      equation = 2)
  record TokenRatio() implements RatioLevel {

    @Override
    public DoubleVector logRatios(RatioRow row) {
      return row.logRatios();
    }

    @Override
    public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
      return lossByLogRatio;
    }
  }

  /** One ratio per completion, of which all tokens are clipped or none. */
  interface OfRow extends RatioLevel {

    @Override
    default boolean couplesTokens() {
      return true;
    }

    @Override
    default boolean clipsWholeRows() {
      return true;
    }
  }

  /**
   * One ratio per completion, the geometric mean over its tokens (Eq. 47; GSPO, arXiv 2507.18071):
   * {@code s = exp( (1/n) sum_t (l_t - o_t) )}.
   */
  @Kind(
      value = "sequence",
      label = "Sequence (GSPO)",
      description = "One ratio a completion, the geometric mean of its tokens': GSPO.",
      equation = 47)
  record SequenceRatio() implements OfRow {

    @Override
    public String formula() {
      return "exp(mean of their log-ratios)";
    }

    @Override
    public DoubleVector logRatios(RatioRow row) {
      return row.fill(row.logRatios().sum() / Math.max(1, row.countedTokens()));
    }

    /** {@code dlog s / dl_t = 1/n}. */
    @Override
    public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
      return row.fill(lossByLogRatio.sum() / Math.max(1, row.countedTokens()));
    }
  }

  /**
   * One ratio per completion, the plain product over its tokens (Eq. 48; RLOO as in TRL): {@code R
   * = exp( sum_t (l_t - o_t) )}, the true importance ratio of the completion. It leaves any clip
   * range the sooner the longer the completion is.
   */
  @Kind(
      value = "sequence-product",
      label = "Sequence product (RLOO as in TRL)",
      description = "One ratio a completion, the product of its tokens': RLOO as in TRL.",
      equation = 48)
  record SequenceProductRatio() implements OfRow {

    @Override
    public String formula() {
      return "exp(sum of their log-ratios)";
    }

    @Override
    public DoubleVector logRatios(RatioRow row) {
      return row.fill(row.logRatios().sum());
    }

    /** {@code dlog R / dl_t = 1}. */
    @Override
    public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
      return row.fill(lossByLogRatio.sum());
    }
  }

  /**
   * The value of the sequence ratio, differentiated as if it were each token's own (Eq. 49;
   * GSPO-token, arXiv 2507.18071): {@code stop(s) exp(l_t - stop(l_t))}. Equal to {@link
   * SequenceRatio} when all tokens of a completion have the same advantage and the same weight.
   */
  @Kind(
      value = "gspo-token",
      label = "GSPO-token",
      description = "The value of sequence with the derivative of token: GSPO-token.",
      equation = 49)
  record GspoTokenRatio() implements RatioLevel {

    @Override
    public String formula() {
      return "exp(mean of their log-ratios), with the slope of this token";
    }

    @Override
    public DoubleVector logRatios(RatioRow row) {
      return new SequenceRatio().logRatios(row);
    }

    @Override
    public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
      return lossByLogRatio;
    }
  }
}
