package org.grpo4j.cli.progress;

import java.util.Map;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.run.JobEvent;
import org.grpo4j.metric.Metric;

/** The figures a progress display shows: those of the latest update and evaluation. */
final class LatestFigures {

  private Map<String, Number> metrics = Map.of();
  private double greedy = Double.NaN;

  void update(JobEvent.Updated event) {
    metrics = event.metrics();
  }

  void evaluate(JobEvent.Evaluated event) {
    greedy = event.evaluation().greedyAccuracy().value();
  }

  /**
   * {@code reward 0.712 greedy 0.957 length 8.21 entropy 0.114 dead groups 0.170 (all right 0.150,
   * all wrong 0.020)}.
   */
  String line() {
    String dead =
        Double.isNaN(value(Metric.DEAD_ALL_RIGHT))
            ? ""
            : " (all right %s, all wrong %s)"
                .formatted(share(Metric.DEAD_ALL_RIGHT), share(Metric.DEAD_ALL_WRONG));
    return "reward %s  greedy %s  length %s  entropy %s  dead groups %s"
            .formatted(
                share(Metric.REWARD),
                Figures.share(greedy),
                decimals(Metric.MEAN_LENGTH),
                share(Metric.ENTROPY),
                share(Metric.DEAD_GROUPS))
        + dead;
  }

  /** {@code reward 0.71 greedy 0.96 len 8.21 ent 0.11 dead 0.17}. */
  String shortLine() {
    return "reward %s greedy %s len %s ent %s dead %s"
        .formatted(
            decimals(Metric.REWARD),
            Figures.decimals(greedy),
            decimals(Metric.MEAN_LENGTH),
            decimals(Metric.ENTROPY),
            decimals(Metric.DEAD_GROUPS));
  }

  private String share(Metric metric) {
    return Figures.share(value(metric));
  }

  private String decimals(Metric metric) {
    return Figures.decimals(value(metric));
  }

  private double value(Metric metric) {
    Number value = metrics.get(metric.key());
    return value == null ? Double.NaN : value.doubleValue();
  }
}
