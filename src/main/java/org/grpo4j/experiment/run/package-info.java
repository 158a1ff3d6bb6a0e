/**
 * What a run does and what it leaves on disk.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.run.RunDirectory} (the files), then the writers of
 * the single files. Everything that is read back, checkpoints and cached cold starts, is written
 * beside its place and moved there, and checked by hash when it is read.
 *
 * <p>{@link org.grpo4j.experiment.run.TrainingJob} begins a run, {@link
 * org.grpo4j.experiment.run.ResumeJob} goes on with one from a checkpoint, {@link
 * org.grpo4j.experiment.run.ForkJob} branches off one; all do their updates in {@code
 * TrainingPhase}. {@link org.grpo4j.experiment.run.Replay} does updates again and compares their
 * bits with the trace. A checkpoint holds policy, critic, optimisers and what the trainer carries
 * beside them ({@link org.grpo4j.train.TrainerState}); all that a new kind of state needs is a
 * component there.
 */
@NullMarked
package org.grpo4j.experiment.run;

import org.jspecify.annotations.NullMarked;
