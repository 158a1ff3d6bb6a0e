/**
 * Many runs, each in a process of its own: one run cannot disturb another, and a run that dies is
 * one line in a list. Whatever else makes runs is a {@link
 * org.grpo4j.experiment.sweep.SweepEngine}.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.sweep.SeedList} (which seeds), {@link
 * org.grpo4j.experiment.sweep.PlannedRun} (one run to be made), {@link
 * org.grpo4j.experiment.files.RunArchive} (which of them exist already), {@link
 * org.grpo4j.experiment.sweep.JavaCommand} (how this program starts itself), {@link
 * org.grpo4j.experiment.sweep.ProcessSweep} (runs what is missing, a few at a time), {@link
 * org.grpo4j.experiment.sweep.SweepProgress} (how far it is and how long it will take).
 *
 * <p>Stopping is safe at any time: finished runs stay, and the next sweep starts with the ones that
 * are missing.
 */
@NullMarked
package org.grpo4j.experiment.sweep;

import org.jspecify.annotations.NullMarked;
