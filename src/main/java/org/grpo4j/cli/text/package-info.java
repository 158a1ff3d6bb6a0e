/**
 * The texts of the commands: tables, figures and trees for a terminal, and the console they go to.
 *
 * <p>Reading order: {@link org.grpo4j.cli.text.Console} (results to standard output, everything
 * else to standard error), {@link org.grpo4j.cli.text.Figures} (how a number is written), {@link
 * org.grpo4j.report.Table}; then one class for each text: {@link org.grpo4j.cli.text.RunReport} is
 * the end of {@code train}, {@link org.grpo4j.cli.text.ExplainedUpdate} and {@link
 * org.grpo4j.cli.text.ExplainedCompletion} are {@code explain}, {@link
 * org.grpo4j.cli.text.ReplayTable} is {@code replay}.
 *
 * <p><b>To add a text</b>, write a class that takes the value it shows and whose {@code toString}
 * is the text; the command decides where it goes.
 */
@NullMarked
package org.grpo4j.cli.text;

import org.jspecify.annotations.NullMarked;
