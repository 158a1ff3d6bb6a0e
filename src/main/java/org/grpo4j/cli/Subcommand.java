package org.grpo4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.grpo4j.cli.text.Console;
import org.grpo4j.experiment.files.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/** The base of every command: the options that all have, and where it prints. */
@Command(mixinStandardHelpOptions = true)
abstract class Subcommand implements Callable<Integer> {

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Program program;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the result as JSON.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print the result only: no progress, no notes.")
  boolean quiet;

  @Option(
      names = "--stack-trace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  boolean stackTrace;

  Console console() {
    return program.console();
  }

  /** The question whether the user has asked to stop. */
  BooleanSupplier stop() {
    return program.stopRequested();
  }

  /** The state of affairs that a sudden end of this command tells of. */
  Standing standing() {
    return program.standing();
  }

  /** Prints a note, unless it is to be quiet. */
  void note(String text) {
    if (!quiet) {
      console().note(text);
    }
  }

  /** Prints the result: one of the two. */
  void print(Supplier<? extends JsonNode> object, Supplier<String> text) {
    console().result(result(object, text));
  }

  /** The result as it is printed: one of the two, without a line feed at the end. */
  String result(Supplier<? extends JsonNode> object, Supplier<String> text) {
    return (json ? Json.pretty(object.get()) : text.get()).stripTrailing();
  }
}
