package org.grpo4j.experiment.run;

import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;

/**
 * The configuration of a run, and what every phase of it makes its parts with.
 *
 * @param config the configuration
 * @param task the task that it names
 * @param streams the random numbers of its seed
 * @param workers the threads; the caller closes them
 */
public record RunSetup(
    ExperimentConfig config, TaskSource task, RandomStreams streams, Workers workers) {

  /** The setup of {@code config} on these threads. */
  public static RunSetup of(ExperimentConfig config, Workers workers) {
    return new RunSetup(config, config.task().make(), new RandomStreams(config.seed()), workers);
  }

  /** The makers of its trainers. */
  TrainerFactory trainers() {
    return new TrainerFactory(this, false);
  }
}
