package org.grpo4j.train;

import org.grpo4j.train.evaluation.Evaluation;

/**
 * What training tells whoever listens: progress displays, metric files, traces and checkpoints are
 * made from these, so that trainers print nothing and write no files. Events come on the training
 * thread, in order; training goes on when the listener returns.
 */
public sealed interface TrainingEvent {

  /**
   * One step of the cold start is done.
   *
   * @param step the step, from 0
   * @param steps how many there will be
   * @param loss mean negative log-probability of the batch's tokens, in nats, before the step
   * @param learningRate of the step
   * @param gradientNorm before clipping
   */
  record ColdStartStepped(
      int step, int steps, double loss, double learningRate, double gradientNorm)
      implements TrainingEvent {}

  /**
   * One update is done.
   *
   * @param trace everything that was computed in it
   * @param metrics its summary in numbers
   */
  record UpdateFinished(UpdateTrace trace, UpdateMetrics metrics) implements TrainingEvent {}

  /**
   * The policy was evaluated on held-out problems.
   *
   * @param updatesDone updates taken before it; 0 is the policy as it was given
   * @param evaluation what was found
   * @param seconds how long it took
   */
  record Evaluated(int updatesDone, Evaluation evaluation, double seconds)
      implements TrainingEvent {}

  /**
   * The moment to write a checkpoint: after an update and its evaluation, nothing under way.
   *
   * @param updatesDone updates taken before it
   */
  record CheckpointDue(int updatesDone) implements TrainingEvent {}
}
