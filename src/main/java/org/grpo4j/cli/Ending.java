package org.grpo4j.cli;

import java.util.Optional;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.verify.InvalidVectorFileException;

/**
 * The end that an error leads to.
 *
 * @param exitCode the exit code
 * @param message one sentence, and the remedy on lines of their own
 */
record Ending(int exitCode, String message) {

  /** The ending for {@code error}, which may come from any thread. */
  static Ending of(Throwable error, Standing standing, boolean stackTrace) {
    String message = String.valueOf(error.getMessage());
    if (error instanceof ConfigException
        || error instanceof UsageException
        || error instanceof InvalidVectorFileException) {
      return new Ending(ExitCode.USAGE, message);
    }
    if (error instanceof NonFiniteException found) {
      String way = found.nonFinite().where().map(standing::after).orElse("");
      return new Ending(ExitCode.NON_FINITE, "training became non-finite: " + message + way);
    }
    for (Throwable one = error; one != null; one = one.getCause()) {
      if (one instanceof OutOfMemoryError) {
        return outOfMemory(String.valueOf(one.getMessage()), standing);
      }
    }
    Optional<String> problem = FileProblem.of(error, standing.goOn());
    if (problem.isPresent()) {
      return new Ending(ExitCode.USAGE, problem.get());
    }
    String what = error.getClass().getSimpleName();
    String reason = error.getMessage() == null ? what : what + ": " + message;
    String more = stackTrace ? "" : "\n  --stack-trace shows where.";
    return new Ending(ExitCode.UNEXPECTED, "unexpected: " + reason + more);
  }

  /** Heap and memory outside it, which ND4J's arrays are in, run out with the same error. */
  private static Ending outOfMemory(String message, Standing standing) {
    String heap = Figures.mebibytes(Runtime.getRuntime().maxMemory());
    String need = standing.need().isEmpty() ? "" : "\n  " + standing.need().replace("\n", "\n  ");
    return new Ending(
        ExitCode.UNEXPECTED,
        "out of memory (%s), with a heap of %s%s\n  Give it more, such as GRPO4J_JAVA_OPTS=-Xmx2g, or ask for less.\n  %s"
            .formatted(message.lines().findFirst().orElse(""), heap, need, standing.goOn()));
  }
}
