package org.grpo4j.cli.progress;

import java.util.Map;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.run.JobEvent;
import org.grpo4j.metric.Metric;

/** The figures a progress display shows: those of the latest update and evaluation. */
final class LatestFigures {

  private double reward = Double.NaN;
  private double greedy = Double.NaN;
  private double length = Double.NaN;
  private double entropy = Double.NaN;
  private double deadGroups = Double.NaN;
  private double deadAllRight = Double.NaN;
  private double deadAllWrong = Double.NaN;

  void update(JobEvent.Updated event) {
    Map<String, Number> metrics = event.metrics();
    reward = metric(metrics, Metric.REWARD.key());
    length = metric(metrics, Metric.MEAN_LENGTH.key());
    entropy = metric(metrics, Metric.ENTROPY.key());
    deadGroups = metric(metrics, Metric.DEAD_GROUPS.key());
    deadAllRight = metric(metrics, Metric.DEAD_ALL_RIGHT.key());
    deadAllWrong = metric(metrics, Metric.DEAD_ALL_WRONG.key());
  }

  void evaluate(JobEvent.Evaluated event) {
    greedy = event.evaluation().greedyAccuracy().value();
  }

  /**
   * {@code reward 0.712 greedy 0.957 length 8.21 entropy 0.114 dead groups 0.170 (all right 0.150,
   * all wrong 0.020)}.
   */
  String line() {
    return "reward "
        + Figures.share(reward)
        + "  greedy "
        + Figures.share(greedy)
        + "  length "
        + Figures.decimals(length)
        + "  entropy "
        + Figures.share(entropy)
        + "  dead groups "
        + Figures.share(deadGroups)
        + (Double.isNaN(deadAllRight)
            ? ""
            : " (all right "
                + Figures.share(deadAllRight)
                + ", all wrong "
                + Figures.share(deadAllWrong)
                + ")");
  }

  /** {@code reward 0.71 greedy 0.96 len 8.21 ent 0.11 dead 0.17}. */
  String shortLine() {
    return "reward "
        + Figures.decimals(reward)
        + " greedy "
        + Figures.decimals(greedy)
        + " len "
        + Figures.decimals(length)
        + " ent "
        + Figures.decimals(entropy)
        + " dead "
        + Figures.decimals(deadGroups);
  }

  private static double metric(Map<String, Number> metrics, String name) {
    Number value = metrics.get(name);
    return value == null ? Double.NaN : value.doubleValue();
  }
}
