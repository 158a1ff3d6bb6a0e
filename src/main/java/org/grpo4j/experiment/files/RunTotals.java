package org.grpo4j.experiment.files;

/**
 * What a run has sampled so far.
 *
 * @param completions number of completions
 * @param tokens their tokens, end tokens included
 */
public record RunTotals(long completions, long tokens) {

  /** Nothing yet. */
  public static final RunTotals NONE = new RunTotals(0, 0);

  /** These and more. */
  public RunTotals plus(long moreCompletions, long moreTokens) {
    return new RunTotals(completions + moreCompletions, tokens + moreTokens);
  }
}
