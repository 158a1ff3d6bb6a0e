/**
 * The files of a run: the writer and the reader of each of them.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.files.RunDirectory} (where each file is), then one
 * class for each file: {@link org.grpo4j.experiment.files.Manifest} (what ran, and where), {@link
 * org.grpo4j.experiment.files.MetricsWriter} and {@link org.grpo4j.experiment.files.MetricsReader},
 * {@link org.grpo4j.experiment.files.SummaryFile} and {@link
 * org.grpo4j.experiment.files.Checkpoints}.
 *
 * <p><b>A run directory is good after every system call</b>, so that being killed needs no care of
 * its own. {@link org.grpo4j.experiment.files.Ledger} enters every file and line; what it does not
 * know is not part of the run. What grows is a {@link org.grpo4j.experiment.files.LineFile}: a line
 * is written, then entered. Everything else is entered first, then written beside its place and
 * moved there ({@link org.grpo4j.experiment.files.AtomicFiles}), so that only the last entry can be
 * one that was not carried out. Whoever reads does it through {@link
 * org.grpo4j.experiment.files.SealedFiles}, which names damage instead of believing it; {@link
 * org.grpo4j.experiment.files.RunCheck} looks at all files.
 *
 * <p>A checkpoint holds policy, critic, optimisers and what the trainer carries beside them ({@link
 * org.grpo4j.train.TrainerState}); all that a new kind of state needs is a component there. It says
 * how many lines each file has, and a resumed run goes back to them.
 *
 * <p><b>To add a file</b>, give it a name in {@code RunDirectory}, write a class beside these that
 * writes through the ledger, and let {@code experiment.run.RunRecorder} call it; checking, resuming
 * and cutting back follow.
 */
@NullMarked
package org.grpo4j.experiment.files;

import org.jspecify.annotations.NullMarked;
