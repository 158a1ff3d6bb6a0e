/**
 * The jobs: what a run does from its configuration to its summary.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.run.TrainingJob} begins a run, {@link
 * org.grpo4j.experiment.run.ResumeJob} continues one from a checkpoint, {@link
 * org.grpo4j.experiment.run.ForkJob} branches off one; all do their updates in {@code
 * TrainingPhase}, and {@code RunRecorder} writes what happens to the files of {@code
 * experiment.files}. {@link org.grpo4j.experiment.run.Replay} does updates again and compares their
 * bits with the trace; {@link org.grpo4j.experiment.run.Benchmark} measures.
 */
@NullMarked
package org.grpo4j.experiment.run;

import org.jspecify.annotations.NullMarked;
