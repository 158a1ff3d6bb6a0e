package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;

/**
 * The value of the sequence ratio, differentiated as if it were each token's own (Eq. 49;
 * GSPO-token, arXiv 2507.18071): {@code stop(s) exp(l_t - stop(l_t))}. Equal to {@link
 * SequenceRatio} when all tokens of a completion have the same advantage and the same weight.
 */
public record GspoTokenRatio() implements RatioLevel {

  @Override
  public DoubleVector ratios(RatioRow row) {
    return RatioLevel.SEQUENCE.ratios(row);
  }

  @Override
  public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
    return lossByLogRatio;
  }
}
