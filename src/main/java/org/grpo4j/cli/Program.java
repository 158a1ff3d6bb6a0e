package org.grpo4j.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.Manifest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program: its commands, and what becomes of their errors.
 *
 * @param console where it prints
 * @param stopRequested whether the user has asked to stop
 * @param standing the state of affairs that a sudden end tells of
 */
@Command(
    name = "grpo4j",
    mixinStandardHelpOptions = true,
    version = "grpo4j " + Manifest.VERSION,
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
record Program(Console console, BooleanSupplier stopRequested, Standing standing) {

  /** The commands, as help lists them. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          TrainCommand.class,
          CompareCommand.class,
          ExperimentCommand.class,
          PipelineCommand.class,
          EvalCommand.class,
          ExplainCommand.class,
          ChangesCommand.class,
          ReplayCommand.class,
          CheckCommand.class,
          ReportCommand.class,
          ServeCommand.class,
          PlaygroundCommand.class,
          ExportCommand.class,
          VerifyCommand.class,
          CourseCommand.class,
          ShellCommand.class,
          BenchCommand.class);

  /** Runs one command and returns the exit code. */
  int run(String... arguments) {
    List<Class<?>> needed =
        COMMANDS.stream()
            .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
            .findFirst()
            .<List<Class<?>>>map(List::of)
            .orElse(COMMANDS);
    return run(commands(needed), arguments);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** Runs one command of {@link #commands}, which may have been given another way to read paths. */
  int run(CommandLine commands, String... arguments) {
    boolean stackTrace = Arrays.asList(arguments).contains("--stack-trace");
    commands.setExecutionExceptionHandler((error, command, result) -> failure(error, stackTrace));
    try {
      return commands.execute(arguments);
    } catch (Throwable error) { // picocli handles exceptions only
      return failure(error, stackTrace);
    }
  }

  /** The commands, their options and help texts. */
  CommandLine commands() {
    return commands(COMMANDS);
  }

  /** Some of them: it takes a tenth of a second to read what all can do. */
  private CommandLine commands(List<Class<?>> some) {
    CommandLine commands = new CommandLine(this);
    some.forEach(command -> commands.addSubcommand(command));
    commands.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commands.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.colourOfResults() ? Ansi.ON : Ansi.OFF));
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.registerConverter(Path.class, Program::path);
    commands.setParameterExceptionHandler((error, rest) -> usage(error));
    return commands;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) { // such as one with a NUL
      throw new TypeConversionException("must be a path: " + e.getReason());
    }
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

  /** Also for what is no exception: a stack or a memory that has run out is an ending, too. */
  private int failure(Throwable error, boolean stackTrace) {
    if (stackTrace) {
      error.printStackTrace(console.err());
    }
    Ending ending = Ending.of(error, standing, stackTrace);
    console.error(ending.message());
    return ending.exitCode();
  }
}
