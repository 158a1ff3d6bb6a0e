/**
 * Finished runs side by side: the same numbers of every run, paired by seed, on axes that are fair.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.comparison.FinishedRun} (what is read from a run
 * directory), {@link org.grpo4j.experiment.comparison.RunStore} (how thousands of them are), {@link
 * org.grpo4j.experiment.comparison.Axis} (what "equal" means: completions, tokens, operations,
 * seconds or updates), {@link org.grpo4j.experiment.comparison.ClockSpread} (when seconds are not
 * compared), {@link org.grpo4j.experiment.comparison.Measure} and {@link
 * org.grpo4j.experiment.comparison.MeasureSource} (a number a run), {@link
 * org.grpo4j.experiment.comparison.StandardMeasures} (those of every comparison), {@link
 * org.grpo4j.experiment.comparison.Comparison} (the result), {@link
 * org.grpo4j.experiment.comparison.Multiplicity} (how many tests that is). The arithmetic is in
 * {@link org.grpo4j.experiment.statistics}.
 *
 * <p><b>To add a measure</b>: if it is a new number from what runs already write, add a line to
 * {@code StandardMeasures} or to an experiment's definition file. If it is a new way to get a
 * number out of a run, add a record to the sealed {@code MeasureSource}.
 */
@NullMarked
package org.grpo4j.experiment.comparison;

import org.jspecify.annotations.NullMarked;
