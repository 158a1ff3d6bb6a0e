package org.grpo4j.experiment.comparison;

import java.util.Map;
import java.util.regex.Pattern;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;
import org.grpo4j.metric.Metric;

/**
 * One number a run, to be compared.
 *
 * @param name what bands and files call it, such as {@code accuracy}
 * @param isCost whether it is what a run takes, which is reported as a ratio, without tests
 */
public record Measure(
    @Setting("What bands call it.") String name,
    @Setting("What tables call it.") String title,
    @Setting("How it is found.") MeasureSource source,
    @Setting(value = "Whether it is a cost, given without tests.", byDefault = "false")
        boolean isCost) {

  /** The mean reward of sampled answers if right answers alone are rewarded. */
  static final String TRAINING = "Accuracy while training";

  /** The same otherwise. */
  static final String REWARD = "Mean reward while training";

  /** Columns and keys that are numbers from 0 to 1 by their definition. */
  private static final Pattern SHARES =
      Pattern.compile(
          "(?:eval|base)/(?:greedy_accuracy|truncated|(?:pass|maj|readable)@\\d+|readable)(?:/.*)?|clip_ratio/.*|rewards/correct/mean|"
              + Metric.DEAD_GROUPS.key()
              + "|completions/clipped_ratio");

  public Measure {
    Require.that(!name.isBlank(), "name: must not be blank");
  }

  /** Whether it depends on how fast and how busy the machine was. */
  public boolean dependsOnTheMachine() {
    return source.dependsOnTheMachine();
  }

  /** This measure, called what it is where a reward need not be an accuracy. */
  Measure titledFor(boolean rewardIsAccuracy) {
    return rewardIsAccuracy
        ? this
        : new Measure(name, title.replace(TRAINING, REWARD), source, isCost);
  }

  /**
   * Whether it is a share in runs with these settings, so that a difference of two lies between -1
   * and 1: an accuracy always, the mean reward if right answers alone are rewarded.
   */
  public boolean isShare(Map<String, String> settings) {
    return source.column().equals(Metric.REWARD.key())
        ? Comparison.rewardIsAccuracy(settings)
        : SHARES.matcher(source.column()).matches();
  }
}
