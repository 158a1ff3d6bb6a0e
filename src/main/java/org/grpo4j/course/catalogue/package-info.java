/**
 * The classic mistakes, each as a class of its own.
 *
 * <p>Begin with {@link org.grpo4j.course.catalogue.Pieces}: an update of GRPO or PPO cut into
 * methods, each as the library has it. A {@link org.grpo4j.course.catalogue.Mistake} overrides one
 * of them, and {@link org.grpo4j.course.catalogue.Mistakes} lists all of them.
 *
 * <p>To add a mistake: one class with its {@link org.grpo4j.course.catalogue.Story}, and its line
 * in the list. {@code MistakesTest} demands that some check sees it and writes {@code
 * docs/mistakes.md}.
 */
@NullMarked
package org.grpo4j.course.catalogue;

import org.jspecify.annotations.NullMarked;
