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
        last("accuracy", Measure.TRAINING + ", last " + LAST + " updates", Metric.REWARD),
        result("pass@1", "Sampled accuracy (pass@1), held out", new SummaryValue("eval/pass@1")),
        result(
            "accuracy-area",
            Measure.TRAINING + ", area over completions",
            new Area(Metric.REWARD.key(), Axis.COMPLETIONS)),
        result(
            "greedy-area",
            "Greedy accuracy, held out, area over completions",
            new Area(Metric.GREEDY.key(), Axis.COMPLETIONS)),
        atEqual("accuracy-at-equal-completions", "completions", Axis.COMPLETIONS),
        atEqual("accuracy-at-equal-tokens", "tokens", Axis.TOKENS),
        atEqual("accuracy-at-equal-flops", "FLOPs", Axis.FLOPS),
        atEqual("accuracy-at-equal-seconds", "seconds", Axis.SECONDS),
        result(
            "accuracy-area-seconds",
            Measure.TRAINING + ", area over seconds",
            new Area(Metric.REWARD.key(), Axis.SECONDS)),
        last("length", "Length in tokens, last " + LAST, Metric.MEAN_LENGTH),
        last("entropy", "Entropy in nats, last " + LAST, Metric.ENTROPY),
        last("dead-groups", "Dead groups, last " + LAST, Metric.DEAD_GROUPS),
        cost("parameters", "Trainable parameters", new SummaryValue("parameters")),
        cost("optimizer-bytes", "Optimiser memory, bytes", new SummaryValue("optimizer_bytes")),
        cost("flops-per-update", "FLOPs an update", new SummaryValue("flops_per_update")),
        cost("seconds-per-update", "Seconds an update", new Median(FinishedRun.TRAINING_SECONDS)),
        cost("seconds-per-gflop", "Seconds a GFLOP", new SecondsPerGflop()),
        cost("peak-bytes", "Peak memory, bytes", new SummaryValue("peak_memory_bytes")));
  }

  private static Measure last(String name, String title, Metric metric) {
    return result(name, title, new LastUpdates(metric.key(), LAST));
  }

  private static Measure atEqual(String name, String amount, Axis axis) {
    String title = Measure.TRAINING + " at equal " + amount;
    return result(name, title, new LastUpdatesAtEqual(Metric.REWARD.key(), LAST, axis));
  }

  private static Measure result(String name, String title, MeasureSource source) {
    return new Measure(name, title, source, false);
  }

  private static Measure cost(String name, String title, MeasureSource source) {
    return new Measure(name, title, source, true);
  }
}
