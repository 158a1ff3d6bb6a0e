package org.grpo4j.reliability;

import java.util.List;
import java.util.regex.Pattern;
import org.grpo4j.cli.Cli;

/** What the program may answer when something is wrong. */
final class Answers {

  private static final Pattern INTERNAL =
      Pattern.compile("(?m)^\\s+at [\\w.$]+\\(|Exception\\b|error: unexpected|REDACTED");
  private static final int MOST_LINES = 400;

  private Answers() {}

  /** The complaint about an answer; empty if its exit code is allowed and it is put in words. */
  static String problem(Cli cli, List<Integer> allowed) {
    String said = "exit " + cli.exitCode() + ": " + cli.err();
    if (!allowed.contains(cli.exitCode())) {
      return said;
    }
    if (cli.exitCode() == 2 && INTERNAL.matcher(cli.err()).find()) {
      return "not in words: " + said;
    }
    boolean silent = cli.exitCode() == 2 && cli.err().isBlank();
    return silent || cli.err().lines().count() > MOST_LINES ? "not a short message: " + said : "";
  }
}
