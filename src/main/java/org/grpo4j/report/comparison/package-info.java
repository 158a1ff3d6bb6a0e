/**
 * A comparison for readers: as text in a terminal, as tables for other programs, as plots, and as
 * one page that needs nothing else.
 *
 * <p>Reading order: {@link org.grpo4j.report.comparison.ComparisonReport} (what is to be shown),
 * {@link org.grpo4j.report.comparison.Words} (how numbers are written), {@code ResultColumn} (every
 * column of results, once) and {@code ComparisonTables} (the tables all have in common); then
 * {@link org.grpo4j.report.comparison.ComparisonText}, {@link
 * org.grpo4j.report.comparison.ComparisonCsv}, {@link org.grpo4j.report.comparison.ComparisonJson},
 * {@link org.grpo4j.report.comparison.ComparisonPlots}, {@link
 * org.grpo4j.report.comparison.ComparisonPage}; then {@link
 * org.grpo4j.report.comparison.RecordedFiles} and {@link
 * org.grpo4j.report.comparison.RecordedPage}, the files kept of a recorded experiment.
 *
 * <p><b>To add a column</b> of results, add a line to {@code ResultColumn} and its heading to the
 * tables that show it; JSON and CSV have every component of the records they are made from.
 */
@NullMarked
package org.grpo4j.report.comparison;

import org.jspecify.annotations.NullMarked;
