package org.grpo4j.experiment.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.train.UpdateTrace;

/**
 * One update as the trace keeps it: one line of {@code trace/updates.jsonl}.
 *
 * @param update the update's number, from 0
 * @param versions which policies took part
 * @param coefficients those that controllers move; null where none does
 * @param batch what is kept of every completion
 * @param loss the loss of the first optimiser step and its parts
 * @param metrics the update's metrics by name
 * @param steps the optimiser steps
 * @param groups the groups that are kept with every number
 * @param digest the hash of all bits
 */
public record TracedUpdate(
    int update,
    Versions versions,
    UpdateTrace.Weights coefficients,
    TracedBatch batch,
    Loss loss,
    Map<String, Double> metrics,
    List<TracedStep> steps,
    List<TracedGroup> groups,
    TraceDigest digest) {

  public TracedUpdate {
    steps = List.copyOf(steps);
    groups = List.copyOf(groups);
  }

  /**
   * The policies that took part, each by the number of optimiser steps it had seen.
   *
   * @param old the policy that sampled
   * @param current the policy at each optimiser step
   * @param after the policy after the update
   * @param reference the reference policy, if the loss has one
   */
  public record Versions(long old, List<Long> current, long after, Optional<Long> reference) {
    public Versions {
      current = List.copyOf(current);
    }
  }

  /**
   * The loss and its parts, which sum to it.
   *
   * @param total the loss
   * @param policy the part of the policy terms
   * @param kl the part of the KL terms, {@code beta} included
   * @param entropy the part of the entropy bonus, {@code -alpha} included
   */
  public record Loss(double total, double policy, double kl, double entropy) {}
}
