package org.grpo4j.experiment.comparison;

import java.util.regex.Pattern;
import org.grpo4j.metric.Metric;

/** Names that comparisons rely on and that are not a {@link Metric} of training. */
public final class MetricNames {

  /**
   * Seconds of one update without evaluation and trace; {@link RunReader} computes it from two
   * metrics, so that a run with a trace can be compared with one that has none.
   */
  public static final String TRAINING_SECONDS = "training_time";

  /** Estimated floating-point operations of all updates, in {@code summary.json}. */
  public static final String FLOPS = "flops";

  /** Accuracy of sampled answers to held-out problems, in {@code summary.json}. */
  public static final String PASS_AT_1 = "eval/pass@1";

  private static final Pattern SHARES =
      Pattern.compile(
          "(?:eval|base)/(?:greedy_accuracy|truncated|(?:pass|maj|readable)@\\d+|readable)(?:/.*)?|clip_ratio/.*|rewards/correct/mean|"
              + Metric.DEAD_GROUPS.key()
              + "|completions/clipped_ratio");

  private MetricNames() {}

  /** Whether {@code column} is a share by its definition, a number from 0 to 1. */
  static boolean isShare(String column) {
    return SHARES.matcher(column).matches();
  }
}
