package org.grpo4j.experiment.comparison;

import java.util.List;

/** What every comparison measures and draws. */
public final class StandardMeasures {

  /** Updates over which the end of a noisy curve is averaged. */
  public static final int LAST = 20;

  private StandardMeasures() {}

  /** The measures, results first, then costs. */
  public static List<Measure> all() {
    return List.of(
        result("greedy", "Greedy accuracy, held out", new SummaryValue(MetricNames.GREEDY)),
        result(
            "accuracy",
            Measure.TRAINING + ", last " + LAST + " updates",
            new LastUpdates(MetricNames.REWARD, LAST)),
        result(
            "pass@1",
            "Sampled accuracy (pass@1), held out",
            new SummaryValue(MetricNames.PASS_AT_1)),
        result(
            "accuracy-area",
            Measure.TRAINING + ", area over completions",
            new Area(MetricNames.REWARD, Axis.COMPLETIONS)),
        result(
            "greedy-area",
            "Greedy accuracy, held out, area over completions",
            new Area(MetricNames.GREEDY, Axis.COMPLETIONS)),
        result(
            "accuracy-at-equal-completions",
            Measure.TRAINING + " at equal completions",
            new LastUpdatesAtEqual(MetricNames.REWARD, LAST, Axis.COMPLETIONS)),
        result(
            "accuracy-at-equal-tokens",
            Measure.TRAINING + " at equal tokens",
            new LastUpdatesAtEqual(MetricNames.REWARD, LAST, Axis.TOKENS)),
        result(
            "accuracy-at-equal-flops",
            Measure.TRAINING + " at equal FLOPs",
            new LastUpdatesAtEqual(MetricNames.REWARD, LAST, Axis.FLOPS)),
        result(
            "accuracy-at-equal-seconds",
            Measure.TRAINING + " at equal seconds",
            new LastUpdatesAtEqual(MetricNames.REWARD, LAST, Axis.SECONDS)),
        result(
            "accuracy-area-seconds",
            Measure.TRAINING + ", area over seconds",
            new Area(MetricNames.REWARD, Axis.SECONDS)),
        result(
            "length", "Length in tokens, last " + LAST, new LastUpdates(MetricNames.LENGTH, LAST)),
        result(
            "entropy", "Entropy in nats, last " + LAST, new LastUpdates(MetricNames.ENTROPY, LAST)),
        result(
            "dead-groups",
            "Dead groups, last " + LAST,
            new LastUpdates(MetricNames.DEAD_GROUPS, LAST)),
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
