/**
 * The shell: the JDK's JShell with grpo4j's classes, a few starters and short numbers.
 *
 * <p>Reading order: {@link org.grpo4j.cli.shell.Starters} (the functions that are there from the
 * first line on), {@link org.grpo4j.cli.shell.Shell} (how JShell is set up and started), {@link
 * org.grpo4j.cli.shell.ShortValues} (how values are shown). The imports are in the resource {@code
 * startup.jsh}.
 *
 * <p><b>To add a starter</b>, write a public static method in {@code Starters}; it calls the
 * library and computes nothing itself. {@code docs/course/shell.md} shows most of them.
 */
@NullMarked
package org.grpo4j.cli.shell;

import org.jspecify.annotations.NullMarked;
