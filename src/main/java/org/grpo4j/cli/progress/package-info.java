/**
 * The progress of a run or a sweep on standard error: a bar on a terminal, lines elsewhere.
 *
 * <p>Reading order: {@link org.grpo4j.cli.progress.ProgressDisplay} chooses; {@code
 * ProgressBarDisplay} draws with {@code BarRenderer}, {@code ProgressLines} writes a line now and
 * then; both take the latest figures from {@code LatestFigures} and sentences from {@code Notes}.
 * {@link org.grpo4j.cli.progress.SweepDisplay} shows many runs.
 */
@NullMarked
package org.grpo4j.cli.progress;

import org.jspecify.annotations.NullMarked;
