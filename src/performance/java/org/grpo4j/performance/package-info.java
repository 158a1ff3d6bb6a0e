/**
 * The measurements behind {@code docs/performance.md}: {@code ./mvnw -B -Dquick -Pperformance
 * verify} makes them all again, in an hour, and writes the page's tables. In a build of its own, as
 * only those who measure want libtorch.
 *
 * <p>Reading order: {@link org.grpo4j.performance.Measurements} (a file of single numbers), {@link
 * org.grpo4j.performance.Programs} (everything timed is a process, pinned to cores), then the
 * parts: {@link org.grpo4j.performance.PeersPart}, {@link org.grpo4j.performance.GrowthPart},
 * {@link org.grpo4j.performance.StartPart}, {@link org.grpo4j.performance.RooflinePart}. {@link
 * org.grpo4j.performance.PerformancePage} makes tables of the files; an ordinary test holds the
 * page to them.
 */
@NullMarked
package org.grpo4j.performance;

import org.jspecify.annotations.NullMarked;
