/**
 * Pictures and pages of a finished run for people, made from the files of its directory.
 *
 * <p>Reading order: {@link org.grpo4j.report.LearningCurve} (the picture of one run), then {@link
 * org.grpo4j.report.plot} (plots as SVG text) and {@link org.grpo4j.report.comparison} (several
 * experiments side by side) and {@link org.grpo4j.report.page} (the inside of a run, in a browser).
 * Everything here reads files and writes files; nothing here trains, and nothing that trains knows
 * of it.
 *
 * <p><b>To add a panel</b> to the picture of a run, give {@code LearningCurve} one more line with
 * the name of a metric.
 */
@NullMarked
package org.grpo4j.report;

import org.jspecify.annotations.NullMarked;
