package org.grpo4j.experiment.run;

import java.io.IOException;
import java.nio.file.Path;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.SavedPolicy;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
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
   * @param setup of the updates to come
   * @throws IOException if a file cannot be read, or the checkpoint is too old to resume
   */
  static RestoredTraining of(RunSetup setup, Checkpoints.Checkpoint checkpoint) throws IOException {
    TrainerState state = state(checkpoint);
    Policy policy = setup.config().model().restore(checkpoint.directory(), setup.workers());
    Trainer trainer =
        setup.trainers().resume(policy, () -> critic(setup, policy, checkpoint), state);
    return new RestoredTraining(policy, trainer);
  }

  /**
   * The state that the trainer carried.
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
                        + " it can be evaluated, but not resumed"));
  }

  private static Critic critic(RunSetup setup, Policy policy, Checkpoints.Checkpoint checkpoint) {
    Path saved = checkpoint.directory().resolve(SavedPolicy.CRITIC);
    return AtomicFiles.read(
        "cannot read the critic of " + checkpoint.directory(),
        () -> setup.config().critic().restore(policy, saved, setup.workers()));
  }

  @Override
  public void close() {
    trainer.critic().ifPresent(Critic::close);
    policy.close();
  }
}
