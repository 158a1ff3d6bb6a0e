package org.grpo4j.experiment.run;

import java.util.Optional;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.policy.Policy;
import org.grpo4j.task.TaskSource;

/** The header of a run's trace. */
final class TraceHeaders {

  private TraceHeaders() {}

  /** Empty if the run has no trace. */
  static Optional<TraceHeader> of(ExperimentConfig config, TaskSource task, Policy policy) {
    if (config.trace().groups() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new TraceHeader(
            TraceHeader.SCHEMA,
            config.name(),
            config.seed(),
            config.task().name(),
            task.vocabulary().symbolList(),
            config.train().temperature(),
            config.train().groupSize(),
            config.train().promptsPerUpdate(),
            config.train().updates(),
            policy.parameterCount(),
            policy.parameterBlocks(),
            config.trace().groups(),
            config.trace().gradientsEvery()));
  }
}
