package org.grpo4j.experiment.run;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;

/**
 * The configuration of a run, and what every phase of it makes its parts with.
 *
 * @param config the configuration
 * @param task the task that it names
 * @param streams the random numbers of its seed
 * @param workers the threads; the caller closes them
 * @param inputs the runs that it begins with
 */
public record RunSetup(
    ExperimentConfig config,
    TaskSource task,
    RandomStreams streams,
    Workers workers,
    RunInputs inputs) {

  /**
   * The setup of {@code config} on these threads.
   *
   * @param runs the directory of runs, where its inputs are
   */
  public static RunSetup of(ExperimentConfig config, Workers workers, Path runs) {
    RandomStreams streams = new RandomStreams(config.seed());
    RunInputs inputs = new RunInputs(runs, config.seed());
    return new RunSetup(config, config.task().make(), streams, workers, inputs);
  }

  /**
   * The policy that {@code maker} makes.
   *
   * @throws ConfigException if the model does not suit the task
   */
  Policy suitable(Supplier<Policy> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          new Origin("experiment " + config.name(), 0),
          "model",
          "does not suit the task " + config.task().name() + ": " + e.getMessage(),
          "");
    }
  }

  TrainerFactory trainers() {
    return new TrainerFactory(this, false);
  }
}
