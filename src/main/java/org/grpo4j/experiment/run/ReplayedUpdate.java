package org.grpo4j.experiment.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An update that was done again.
 *
 * @param update the update's number
 * @param checkpoint updates done at the checkpoint it was reached from
 * @param differences the parts whose bits are not those of the trace, in the order of computation:
 *     the first is where it went another way
 * @param metrics the metrics that differ; there may be differences that no metric shows
 */
public record ReplayedUpdate(
    int update, int checkpoint, List<String> differences, List<MetricDifference> metrics) {

  public ReplayedUpdate {
    differences = List.copyOf(differences);
    metrics = List.copyOf(metrics);
  }

  /** Whether every bit is that of the trace. */
  public boolean identical() {
    return differences.isEmpty();
  }

  /** The same if only a metric that differs by more than rounding counts as a difference. */
  public ReplayedUpdate upTo(double tolerance) {
    List<MetricDifference> larger =
        metrics.stream().filter(metric -> !metric.isWithin(tolerance)).toList();
    List<String> remaining = larger.isEmpty() ? List.of() : differences;
    return new ReplayedUpdate(update, checkpoint, remaining, larger);
  }

  /**
   * A metric that is not what it was.
   *
   * @param name its name
   * @param before its value in the trace
   * @param now its value now; null if there is none any more
   */
  public record MetricDifference(String name, double before, @Nullable Double now) {

    private boolean isWithin(double tolerance) {
      return now != null && Math.abs(now - before) <= tolerance * Math.max(1, Math.abs(before));
    }

    @Override
    public String toString() {
      return name + " was " + before + ", is " + now;
    }
  }
}
