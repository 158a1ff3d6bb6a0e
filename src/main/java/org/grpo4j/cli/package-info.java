/**
 * The command line: the only place that prints or ends the program.
 *
 * <p>Reading order: {@link org.grpo4j.cli.Main} (start and exit code), {@link
 * org.grpo4j.cli.Program} (the list of commands), {@link org.grpo4j.cli.Subcommand} (what all
 * commands have: options and where to print), {@link org.grpo4j.cli.OpeningCommand} (those that
 * open a run), {@link org.grpo4j.cli.SweepCommand} (those that make many), {@link
 * org.grpo4j.cli.TrainCommand}. What a command does is in the packages below; here is only how it
 * is asked for. What it prints is in {@code cli.text}, what it shows meanwhile in {@code
 * cli.progress}.
 *
 * <p><b>To add a command</b>, write a class like {@link org.grpo4j.cli.EvalCommand} and name it in
 * {@link org.grpo4j.cli.Program}.
 */
@NullMarked
package org.grpo4j.cli;

import org.jspecify.annotations.NullMarked;
