package org.grpo4j.experiment.run;

import java.util.List;

/**
 * An update that was done again.
 *
 * @param update the update's number
 * @param checkpoint updates done at the checkpoint it was reached from
 * @param differences the parts whose bits are not those of the trace, in the order of computation:
 *     the first is where it went another way
 * @param metrics metrics that differ, one sentence each; there may be differences that no metric
 *     shows
 */
public record ReplayedUpdate(
    int update, int checkpoint, List<String> differences, List<String> metrics) {

  public ReplayedUpdate {
    differences = List.copyOf(differences);
    metrics = List.copyOf(metrics);
  }

  /** Whether every bit is that of the trace. */
  public boolean identical() {
    return differences.isEmpty();
  }
}
