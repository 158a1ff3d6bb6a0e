package org.grpo4j.experiment.files;

import org.grpo4j.train.UpdateTrace;

/**
 * The amount that a run has sampled so far.
 *
 * @param completions number of completions
 * @param tokens their tokens, end tokens included
 */
public record RunTotals(long completions, long tokens) {

  /** Nothing yet. */
  public static final RunTotals NONE = new RunTotals(0, 0);

  /** These and what an update sampled, groups that were dropped included. */
  public RunTotals plus(UpdateTrace.Sampled more) {
    return new RunTotals(completions + more.completions(), tokens + more.tokens());
  }
}
