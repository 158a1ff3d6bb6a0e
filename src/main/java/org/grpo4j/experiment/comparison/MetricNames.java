package org.grpo4j.experiment.comparison;

import java.util.regex.Pattern;
import org.grpo4j.metric.Metric;

/** Names in {@code metrics.jsonl} and {@code summary.json} that comparisons rely on. */
public final class MetricNames {

  /** Updates done when the row was written. */
  public static final String UPDATES_DONE = Metric.UPDATES_DONE.key();

  /** Completions sampled so far. */
  public static final String COMPLETIONS = Metric.COMPLETIONS.key();

  /** Tokens sampled so far. */
  public static final String TOKENS = Metric.TOKENS.key();

  /** Seconds of one update, evaluation not included. */
  public static final String STEP_SECONDS = Metric.STEP_TIME.key();

  /** Of these, the seconds that went into the trace, which a run can do without. */
  public static final String TRACE_SECONDS = Metric.TIME_TRACE.key();

  /**
   * Seconds of one update without evaluation and trace; {@link RunReader} computes it from the two
   * above, so that a run with a trace can be compared with one that has none.
   */
  public static final String TRAINING_SECONDS = "training_time";

  /** Estimated floating-point operations of all updates. */
  public static final String FLOPS = "flops";

  /** Mean reward of the completions of an update; with a verifier, their accuracy. */
  public static final String REWARD = Metric.REWARD.key();

  /** Mean length of the completions of an update, in tokens. */
  public static final String LENGTH = Metric.MEAN_LENGTH.key();

  /** Mean entropy per token, in nats. */
  public static final String ENTROPY = Metric.ENTROPY.key();

  /** Share of groups in which all rewards are equal. */
  public static final String DEAD_GROUPS = Metric.DEAD_GROUPS.key();

  /** Accuracy of greedy answers to held-out problems. */
  public static final String GREEDY = Metric.GREEDY.key();

  /** Accuracy of sampled answers to held-out problems. */
  public static final String PASS_AT_1 = "eval/pass@1";

  private MetricNames() {}

  private static final Pattern SHARES =
      Pattern.compile(
          "(?:eval|base)/(?:greedy_accuracy|truncated|pass@\\d+|maj@\\d+)|clip_ratio/.*|rewards/correct/mean|"
              + DEAD_GROUPS
              + "|completions/clipped_ratio");

  /** Whether {@code column} is a share by its definition, a number from 0 to 1. */
  static boolean isShare(String column) {
    return SHARES.matcher(column).matches();
  }
}
