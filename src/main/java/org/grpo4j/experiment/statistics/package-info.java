/**
 * Statistics of seeds, a handful or hundreds: intervals, tests and curves, independent of what was
 * measured.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.statistics.Bootstrap} (an interval for any
 * statistic), {@link org.grpo4j.experiment.statistics.SampleSummary} (one group of seeds; with
 * {@link org.grpo4j.experiment.statistics.InterquartileMean}), {@link
 * org.grpo4j.experiment.statistics.PairedComparison} (two groups with the same seeds, which gathers
 * {@link org.grpo4j.experiment.statistics.Verdict}, {@link
 * org.grpo4j.experiment.statistics.WilcoxonSignedRank}, {@link
 * org.grpo4j.experiment.statistics.ProbabilityOfImprovement}, {@link
 * org.grpo4j.experiment.statistics.RequiredSeeds} and {@link
 * org.grpo4j.experiment.statistics.FewerSeeds}), {@link org.grpo4j.experiment.statistics.Holm}
 * (many tests at once), {@link org.grpo4j.experiment.statistics.PerformanceProfile} (whole
 * distributions), {@link org.grpo4j.experiment.statistics.StepCurve} (a learning curve that never
 * looks ahead).
 *
 * <p>Distributions, quantiles and moments are commons-math's. Everything is deterministic: random
 * resampling starts from a fixed seed, so the same runs give the same report.
 *
 * <p><b>To add a statistic</b>: write a small final class or record with the equation and its
 * source in the Javadoc, a test against numbers that were found another way (enumeration, or
 * another program), and, if it belongs beside every comparison, a component of {@code
 * PairedComparison}.
 */
@NullMarked
package org.grpo4j.experiment.statistics;

import org.jspecify.annotations.NullMarked;
