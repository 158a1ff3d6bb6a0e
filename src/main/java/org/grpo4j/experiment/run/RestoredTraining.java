package org.grpo4j.experiment.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.SavedPolicy;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainerState;

/**
 * Policy, critic and trainer as a checkpoint has them, optimisers included: the next update is the
 * one that the run itself would have done.
 *
 * @param policy closed with this
 * @param trainer improves it
 */
record RestoredTraining(Policy policy, Trainer trainer) implements AutoCloseable {

  /**
   * Restores {@code checkpoint}.
   *
   * @param config of the updates to come
   * @throws IOException if a file cannot be read, or the checkpoint is too old to go on from
   */
  static RestoredTraining of(
      ExperimentConfig config,
      Checkpoints.Checkpoint checkpoint,
      TaskSource task,
      RandomStreams streams,
      Workers workers)
      throws IOException {
    TrainerState state = state(checkpoint);
    Policy policy = config.model().restore(checkpoint.directory(), workers);
    Trainer trainer =
        new TrainerFactory(config, task, streams, false)
            .resume(policy, () -> critic(config, policy, checkpoint, workers), state, workers);
    return new RestoredTraining(policy, trainer);
  }

  /**
   * What the trainer carried.
   *
   * @throws IOException if the checkpoint does not hold it
   */
  static TrainerState state(Checkpoints.Checkpoint checkpoint) throws IOException {
    return checkpoint
        .trainer()
        .orElseThrow(
            () ->
                new IOException(
                    checkpoint.directory()
                        + ": an earlier version wrote it without the trainer's state;"
                        + " it can be evaluated, but not gone on from"));
  }

  private static Critic critic(
      ExperimentConfig config, Policy policy, Checkpoints.Checkpoint checkpoint, Workers workers) {
    try {
      return config
          .critic()
          .restore(policy, checkpoint.directory().resolve(SavedPolicy.CRITIC), workers);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the critic of " + checkpoint.directory(), e);
    }
  }

  @Override
  public void close() {
    trainer.critic().ifPresent(Critic::close);
    policy.close();
  }
}
