package org.grpo4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.grpo4j.cli.text.Console;

/** Runs commands as a user would and keeps what they say. */
record Cli(int exitCode, String out, String err) {

  static Cli run(String... arguments) {
    return run(() -> false, arguments);
  }

  static Cli run(BooleanSupplier stopRequested, String... arguments) {
    return runUntil(out -> stopRequested.getAsBoolean(), arguments);
  }

  /** On a terminal without colours. */
  static Cli onTerminal(String... arguments) {
    return run(out -> false, true, arguments);
  }

  /** Is asked to stop as soon as what it has printed will do. */
  static Cli runUntil(Predicate<String> enough, String... arguments) {
    return run(enough, false, arguments);
  }

  private static Cli run(Predicate<String> enough, boolean terminal, String... arguments) {
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
    int exitCode = new Program(console, stop).run(arguments);
    return new Cli(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
