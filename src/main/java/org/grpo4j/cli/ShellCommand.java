package org.grpo4j.cli;

import org.grpo4j.cli.shell.Shell;
import org.grpo4j.cli.text.Console;
import picocli.CommandLine.Command;

/** {@code shell}: the library, line by line. */
@Command(
    name = "shell",
    description = {
      "Opens JShell with the classes of grpo4j and short numbers.",
      "Try an equation on four numbers before you look at a whole run."
    },
    footer = {
      "",
      "You type Java and see values, numbers with four digits. The classes of the",
      "algorithm are imported, and these functions are there, all of them calls of",
      "the library:",
      "",
      "  rewards(1, 0, 0, 1)                        the rewards of one prompt",
      "  groupAdvantages(1, 0, 0, 1)                their advantages",
      "  advantages(ESTIMATOR, REWARDS)             the same with another estimator",
      "  explain(ADVANTAGES, ROW)                   where an advantage comes from",
      "  ratio(LOGP, OLD_LOGP)                      how much likelier a token became",
      "  clipped(RATIO, A), explain(RATIO, A)       the clipped surrogate of a token",
      "  term(SURROGATE, RATIO, A)                  the same with another surrogate",
      "  k1(LOGP, REF_LOGP), k2(...), k3(...)       KL estimates of a token",
      "  weights(AGGREGATION, LENGTHS)              the weight of every token",
      "  softmax(LOGITS), lossByLogits(PI, ID, G)   a policy of one token",
      "",
      "/exit ends it, /help tells of JShell's own commands, the tab key completes",
      "names.",
      "Input may come from a file or a pipe; then no prompt is printed.",
      "A session with its results is in docs/course/shell.md.",
      "",
      "Examples:",
      "  grpo4j shell",
      "  echo 'groupAdvantages(1, 0, 0, 1)' | grpo4j shell"
    })
final class ShellCommand extends Subcommand {

  @Override
  public Integer call() throws Exception {
    if (json) {
      throw new UsageException("--json: a shell has no result to print as JSON");
    }
    if (!Shell.isThere()) {
      throw new UsageException(
          "shell: needs a Java with the module jdk.jshell; set JAVA_HOME to a JDK, 17 or newer");
    }
    boolean prompts = Console.isInteractive();
    if (prompts) {
      note("Java with grpo4j: try groupAdvantages(1, 0, 0, 1). /exit ends; shell --help has more.");
    }
    return new Shell(console(), prompts).run();
  }
}
