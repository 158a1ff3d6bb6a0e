/**
 * The files of a run: the writer and the reader of each of them.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.files.RunDirectory} (where each file is), then one
 * class for each file: {@link org.grpo4j.experiment.files.Manifest} (what ran, and where), {@link
 * org.grpo4j.experiment.files.MetricsWriter} and {@link org.grpo4j.experiment.files.MetricsReader}
 * (a row is made by {@link org.grpo4j.experiment.files.MetricsRow}), {@link
 * org.grpo4j.experiment.files.CompletionsFile}, {@link org.grpo4j.experiment.files.RunLog}, {@link
 * org.grpo4j.experiment.files.SummaryFile} and {@link org.grpo4j.experiment.files.Checkpoints}.
 *
 * <p>What grows is a {@link org.grpo4j.experiment.files.LineFile}, written a line at a time, so
 * that a killed run has everything up to its last update. What is read back, checkpoints and cached
 * cold starts, is written beside its place and moved there ({@link
 * org.grpo4j.experiment.files.AtomicFiles}), and checked by hash when it is read. A checkpoint
 * holds policy, critic, optimisers and what the trainer carries beside them ({@link
 * org.grpo4j.train.TrainerState}); all that a new kind of state needs is a component there.
 *
 * <p><b>To add a file</b>, give it a name in {@code RunDirectory}, write a class beside these, let
 * {@code experiment.run.RunRecorder} call it, and let {@link
 * org.grpo4j.experiment.files.RunTruncation} cut it when a run resumes from an earlier update.
 */
@NullMarked
package org.grpo4j.experiment.files;

import org.jspecify.annotations.NullMarked;
