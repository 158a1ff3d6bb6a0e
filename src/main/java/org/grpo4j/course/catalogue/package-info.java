/**
 * The classic mistakes, an enum for each area of the method.
 *
 * <p>Begin with {@link org.grpo4j.course.catalogue.Pieces}: an update of GRPO or PPO cut into
 * methods, each as the library has it. A {@link org.grpo4j.course.catalogue.Mistake} overrides one
 * of them.
 *
 * <p>To add a mistake: a constant in the enum of its area and its {@link
 * org.grpo4j.course.catalogue.Story} in {@code mistakes.yaml}. {@code MistakesTest} demands that
 * some check sees it and writes {@code docs/mistakes.md}.
 */
@NullMarked
package org.grpo4j.course.catalogue;

import org.jspecify.annotations.NullMarked;
