package org.grpo4j.experiment.comparison;

import java.util.List;
import org.grpo4j.experiment.comparison.MeasureSource.Area;
import org.grpo4j.experiment.comparison.MeasureSource.LastUpdates;
import org.grpo4j.experiment.comparison.MeasureSource.LastUpdatesAtEqual;
import org.grpo4j.experiment.comparison.MeasureSource.Median;
import org.grpo4j.experiment.comparison.MeasureSource.SecondsPerGflop;
import org.grpo4j.experiment.comparison.MeasureSource.SummaryValue;
import org.grpo4j.metric.Metric;

/** The measures of every comparison. */
public final class StandardMeasures {

  /** Updates over which the end of a noisy curve is averaged. */
  public static final int LAST = 20;

  private StandardMeasures() {}

  /** The measures, results first, then costs. */
  public static List<Measure> all() {
    return List.of(
        result("greedy", "Greedy accuracy, held out", new SummaryValue(Metric.GREEDY.key())),
        result(
            "accuracy",
            Measure.TRAINING + ", last " + LAST + " updates",
            new LastUpdates(Metric.REWARD.key(), LAST)),
        result(
            "pass@1",
            "Sampled accuracy (pass@1), held out",
            new SummaryValue(MetricNames.PASS_AT_1)),
        result(
            "accuracy-area",
            Measure.TRAINING + ", area over completions",
            new Area(Metric.REWARD.key(), Axis.COMPLETIONS)),
        result(
            "greedy-area",
            "Greedy accuracy, held out, area over completions",
            new Area(Metric.GREEDY.key(), Axis.COMPLETIONS)),
        result(
            "accuracy-at-equal-completions",
            Measure.TRAINING + " at equal completions",
            new LastUpdatesAtEqual(Metric.REWARD.key(), LAST, Axis.COMPLETIONS)),
        result(
            "accuracy-at-equal-tokens",
            Measure.TRAINING + " at equal tokens",
            new LastUpdatesAtEqual(Metric.REWARD.key(), LAST, Axis.TOKENS)),
        result(
            "accuracy-at-equal-flops",
            Measure.TRAINING + " at equal FLOPs",
            new LastUpdatesAtEqual(Metric.REWARD.key(), LAST, Axis.FLOPS)),
        result(
            "accuracy-at-equal-seconds",
            Measure.TRAINING + " at equal seconds",
            new LastUpdatesAtEqual(Metric.REWARD.key(), LAST, Axis.SECONDS)),
        result(
            "accuracy-area-seconds",
            Measure.TRAINING + ", area over seconds",
            new Area(Metric.REWARD.key(), Axis.SECONDS)),
        result(
            "length",
            "Length in tokens, last " + LAST,
            new LastUpdates(Metric.MEAN_LENGTH.key(), LAST)),
        result(
            "entropy",
            "Entropy in nats, last " + LAST,
            new LastUpdates(Metric.ENTROPY.key(), LAST)),
        result(
            "dead-groups",
            "Dead groups, last " + LAST,
            new LastUpdates(Metric.DEAD_GROUPS.key(), LAST)),
        cost("parameters", "Trainable parameters", new SummaryValue("parameters")),
        cost("optimizer-bytes", "Optimiser memory, bytes", new SummaryValue("optimizer_bytes")),
        cost("flops-per-update", "FLOPs an update", new SummaryValue("flops_per_update")),
        cost("seconds-per-update", "Seconds an update", new Median(MetricNames.TRAINING_SECONDS)),
        cost("seconds-per-gflop", "Seconds a GFLOP", new SecondsPerGflop()),
        cost("peak-bytes", "Peak memory, bytes", new SummaryValue("peak_memory_bytes")));
  }

  private static Measure result(String name, String title, MeasureSource source) {
    return new Measure(name, title, source, false);
  }

  private static Measure cost(String name, String title, MeasureSource source) {
    return new Measure(name, title, source, true);
  }
}
