/**
 * Plots as SVG text: no library, no fonts, no network, the same bytes for the same numbers.
 *
 * <p>Reading order: {@link org.grpo4j.report.plot.SvgText} (how anything becomes SVG), {@link
 * org.grpo4j.report.plot.Palette} (colours that colour-blind readers can tell apart, on light and
 * dark ground), {@link org.grpo4j.report.plot.Scale} (numbers to pixels, and round tick labels),
 * {@link org.grpo4j.report.plot.BandPlot} (curves with bands over a {@link
 * org.grpo4j.report.plot.HorizontalAxis}), {@link org.grpo4j.report.plot.IntervalPlot} (differences
 * with intervals), {@link org.grpo4j.report.plot.PlotSheet} (several of them in one drawing).
 *
 * <p>A plot is drawn once: {@code standalone()} is a file of its own, {@code inline()} goes into a
 * page that carries {@link org.grpo4j.report.plot.Palette#CSS}.
 *
 * <p><b>To add a plot</b>: copy {@code IntervalPlot}, the shortest; use the palette's classes
 * instead of colours; escape every text with {@code SvgText.escape}.
 */
@NullMarked
package org.grpo4j.report.plot;

import org.jspecify.annotations.NullMarked;
