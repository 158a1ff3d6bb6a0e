package org.grpo4j.train.evaluation;

import org.grpo4j.metric.WilsonInterval;

/**
 * pass@k or maj@k: the mean over some problems.
 *
 * @param k how many completions each problem gets
 * @param value the mean of the problems' estimates, in [0, 1]
 * @param problems how many problems {@code n}
 */
public record ScoreAtK(int k, double value, int problems) {

  /** The 95 % interval over problems; on the wide side, see {@link WilsonInterval#of}. */
  public WilsonInterval interval() {
    return WilsonInterval.of(value, problems);
  }
}
