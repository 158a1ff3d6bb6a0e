package org.grpo4j.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.files.Version;
import org.grpo4j.train.NonFiniteTrainingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and what becomes of their errors. */
final class Program {

  private final Console console;
  private final BooleanSupplier stopRequested;

  /**
   * @param stopRequested whether the user has asked to stop
   */
  Program(Console console, BooleanSupplier stopRequested) {
    this.console = console;
    this.stopRequested = stopRequested;
  }

  /** Runs one command and returns the exit code. */
  int run(String... arguments) {
    CommandLine commands = commands();
    boolean stackTrace = Arrays.asList(arguments).contains("--stack-trace");
    commands.setExecutionExceptionHandler((error, command, result) -> failure(error, stackTrace));
    return commands.execute(arguments);
  }

  /** The commands, their options and help texts. */
  CommandLine commands() {
    CommandLine commands = new CommandLine(new Root());
    commands.addSubcommand(new TrainCommand(console, stopRequested));
    commands.addSubcommand(new CompareCommand(console, stopRequested));
    commands.addSubcommand(new ExperimentCommand(console, stopRequested));
    commands.addSubcommand(new EvalCommand(console));
    commands.addSubcommand(new ExplainCommand(console));
    commands.addSubcommand(new ReplayCommand(console, stopRequested));
    commands.addSubcommand(new ReportCommand(console));
    commands.addSubcommand(new ServeCommand(console, stopRequested));
    commands.addSubcommand(new ExportCommand(console));
    commands.addSubcommand(new VerifyCommand(console));
    commands.addSubcommand(new BenchCommand(console, stopRequested));
    commands.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commands.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.colourOfResults() ? Ansi.ON : Ansi.OFF));
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setParameterExceptionHandler((error, rest) -> usage(error));
    return commands;
  }

  private int usage(ParameterException error) {
    String message = String.valueOf(error.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      message += "; did you mean " + unmatched.getSuggestions().get(0) + "?";
    }
    String command = error.getCommandLine().getCommandSpec().qualifiedName(" ");
    console.error(message + "\n  Try: " + command + " --help");
    return ExitCode.USAGE;
  }

  private int failure(Exception error, boolean stackTrace) {
    if (stackTrace) {
      error.printStackTrace(console.err());
    }
    String message = String.valueOf(error.getMessage());
    if (error instanceof ConfigException || error instanceof UsageException) {
      console.error(message);
      return ExitCode.USAGE;
    }
    if (error instanceof NonFiniteTrainingException) {
      console.error("training became non-finite: " + message);
      return ExitCode.NON_FINITE;
    }
    String reason =
        error instanceof UncheckedIOException io && io.getCause() != null
            ? message + ": " + io.getCause()
            : error.getClass().getSimpleName() + ": " + message;
    console.error("unexpected: " + reason + (stackTrace ? "" : "\n  --stack-trace shows where."));
    return ExitCode.UNEXPECTED;
  }

  /** The program without a command. */
  @Command(
      name = "grpo4j",
      mixinStandardHelpOptions = true,
      version = "grpo4j " + Version.TEXT,
      description = "Group Relative Policy Optimization, small and exact, in Java.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  grpo4j train                        # a tiny policy learns to think first",
        "  grpo4j train --seed 2 --set train.group_size=16",
        "  grpo4j explain last --update 12     # what the newest run did in that update",
        "  grpo4j replay last --random 10",
        "",
        "Exit codes: 0 done, 1 unexpected error, 2 wrong usage or configuration,",
        "3 training became non-finite, 4 a check failed, 130 interrupted."
      })
  static final class Root implements Runnable {

    @Spec CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public void run() {
      if (spec != null) {
        throw new ParameterException(spec.commandLine(), "a command is needed");
      }
    }
  }
}
