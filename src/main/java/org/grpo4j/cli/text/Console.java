package org.grpo4j.cli.text;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the program speaks: results to standard output, progress, notes and errors to standard
 * error.
 *
 * @param out standard output
 * @param err standard error
 * @param terminal whether somebody watches standard error
 * @param colour whether colours and bold letters are welcome
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, boolean colour) {

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  /** The console of this process; {@code NO_COLOR} turns colours off. */
  public static Console ofProcess() {
    boolean terminal = standardErrorIsTerminal();
    String noColour = System.getenv("NO_COLOR");
    boolean colour = terminal && (noColour == null || noColour.isEmpty());
    return new Console(utf8(System.out), utf8(System.err), terminal, colour);
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /** Java can only tell for input and output together; Linux tells for each. */
  private static boolean standardErrorIsTerminal() {
    if (!Files.exists(STANDARD_ERROR)) {
      return System.console() != null;
    }
    try {
      String target = STANDARD_ERROR.toRealPath().toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Prints a result. */
  public void result(String text) {
    out.println(text);
  }

  /** Prints a note about what is going on. */
  public void note(String text) {
    err.println(text);
  }

  /** Prints an error, one or two lines. */
  public void error(String text) {
    err.println(colour ? "\u001B[31merror:\u001B[0m " + text : "error: " + text);
  }
}
