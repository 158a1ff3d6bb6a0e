package org.grpo4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.grpo4j.cli.text.Console;
import picocli.CommandLine;

/** Runs commands as a user would and keeps what they say. */
public record Cli(int exitCode, String out, String err) {

  public static Cli run(String... arguments) {
    return run(() -> false, arguments);
  }

  /** With every path of the command line in {@code files}. */
  public static Cli run(FileSystem files, String... arguments) {
    return run(files, out -> false, false, arguments);
  }

  /** Asked to stop as soon as {@code stopRequested} says so. */
  public static Cli stopping(BooleanSupplier stopRequested, String... arguments) {
    return run(stopRequested, arguments);
  }

  static Cli run(BooleanSupplier stopRequested, String... arguments) {
    return runUntil(out -> stopRequested.getAsBoolean(), arguments);
  }

  /** On a terminal without colours. */
  static Cli onTerminal(String... arguments) {
    return run(out -> false, true, arguments);
  }

  /** Is asked to stop as soon as what it has printed will do. */
  public static Cli runUntil(Predicate<String> enough, String... arguments) {
    return run(enough, false, arguments);
  }

  private static Cli run(Predicate<String> enough, boolean terminal, String... arguments) {
    return run(FileSystems.getDefault(), enough, terminal, arguments);
  }

  private static Cli run(
      FileSystem files, Predicate<String> enough, boolean terminal, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            false,
            false);
    BooleanSupplier stop = () -> enough.test(out.toString(StandardCharsets.UTF_8));
    Program program = new Program(console, stop, new Standing());
    CommandLine commands = program.commands();
    if (files != FileSystems.getDefault()) {
      commands.registerConverter(Path.class, files::getPath);
    }
    int exitCode = program.run(commands, arguments);
    return new Cli(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
