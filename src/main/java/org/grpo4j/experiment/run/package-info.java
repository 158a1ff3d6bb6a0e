/**
 * The jobs: what a run does from its configuration to its summary.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.run.TrainingJob} begins a run, {@link
 * org.grpo4j.experiment.run.ResumeJob} continues one from a checkpoint, {@link
 * org.grpo4j.experiment.run.ForkJob} branches off one. Each makes a {@link
 * org.grpo4j.experiment.run.RunSetup} (configuration, task, random numbers, threads) and a {@code
 * RunRecorder}, which writes to the files of {@code experiment.files} and notifies the listener by
 * {@link org.grpo4j.experiment.run.JobEvent}s. {@code ColdStartPhase} comes first in a new run; all
 * three do their updates in {@code TrainingPhase}, with the trainer of {@link
 * org.grpo4j.experiment.run.TrainerFactory}. {@link org.grpo4j.experiment.run.Replay} does updates
 * again and compares their bits with the trace; {@link org.grpo4j.experiment.run.Benchmark}
 * measures.
 *
 * <p><b>To add a job</b>, begin as {@code ForkJob} does: a setup, a run directory with its
 * manifest, a recorder, and then {@code TrainingPhase}. <b>To show something new while a run
 * trains</b>, add an event to {@code JobEvent} and publish it in {@code RunRecorder}.
 */
@NullMarked
package org.grpo4j.experiment.run;

import org.jspecify.annotations.NullMarked;
