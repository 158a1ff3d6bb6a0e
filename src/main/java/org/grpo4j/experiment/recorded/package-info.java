/**
 * Experiments as files: a question, the variants that answer it, and the bands in which the answer
 * is expected; and results as files, with where they come from, so that anybody can check that they
 * still hold.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.recorded.ExperimentDefinition} (the format of
 * {@code experiments/recorded/*.yaml}), {@link org.grpo4j.experiment.recorded.SeedTable} (the
 * numbers), {@link org.grpo4j.experiment.recorded.Band} (what is expected), {@link
 * org.grpo4j.experiment.recorded.BandResult} (whether it came out so), {@link
 * org.grpo4j.experiment.recorded.RecordedResult} (the format of the {@code .json} beside it),
 * {@link org.grpo4j.experiment.recorded.RecordCheck} (whether a new measurement agrees with a
 * recorded one).
 *
 * <p><b>To add an experiment</b>, write a definition file; no code changes. <b>To add a kind of
 * band</b>, add a record to the sealed {@code Band}.
 */
@NullMarked
package org.grpo4j.experiment.recorded;

import org.jspecify.annotations.NullMarked;
