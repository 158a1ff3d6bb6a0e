package org.grpo4j.experiment.comparison;

/** Names in {@code metrics.jsonl} and {@code summary.json} that comparisons rely on. */
public final class MetricNames {

  /** Updates done when the row was written. */
  public static final String UPDATES_DONE = "updates_done";

  /** Completions sampled so far. */
  public static final String COMPLETIONS = "num_completions";

  /** Tokens sampled so far. */
  public static final String TOKENS = "num_tokens";

  /** Seconds of one update, evaluation not included. */
  public static final String STEP_SECONDS = "step_time";

  /** Mean reward of the completions of an update; with a verifier, their accuracy. */
  public static final String REWARD = "reward";

  /** Mean length of the completions of an update, in tokens. */
  public static final String LENGTH = "completions/mean_length";

  /** Mean entropy per token, in nats. */
  public static final String ENTROPY = "entropy";

  /** Share of groups in which all rewards are equal. */
  public static final String DEAD_GROUPS = "frac_reward_zero_std";

  /** Accuracy of greedy answers to held-out problems. */
  public static final String GREEDY = "eval/greedy_accuracy";

  /** Accuracy of sampled answers to held-out problems. */
  public static final String PASS_AT_1 = "eval/pass@1";

  private MetricNames() {}

  /** Whether {@code column} is the mean of one part of the reward. */
  static boolean isRewardPart(String column) {
    return column.startsWith("rewards/") && column.endsWith("/mean");
  }
}
