package org.grpo4j.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
class CommonOptions {

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the result only: no progress, no notes.")
  boolean quiet;

  @Option(names = "--stack-trace", description = "Print the stack trace of an error.")
  boolean stackTrace;
}
