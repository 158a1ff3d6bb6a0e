package org.grpo4j.cli.text;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The two channels of the program: results go to standard output, progress, notes and errors to
 * standard error. Either may be a terminal while the other is a file or a pipe.
 *
 * @param out standard output
 * @param err standard error
 * @param terminal whether standard error is a terminal
 * @param colour whether colours are welcome on standard error
 * @param colourOfResults whether colours are welcome on standard output
 */
public record Console(
    PrintStream out, PrintStream err, boolean terminal, boolean colour, boolean colourOfResults) {

  private static final String RED = "\u001B[31m";
  private static final String GREEN = "\u001B[32m";
  private static final String PLAIN = "\u001B[0m";

  /** The verdict on an answer, which stands in a table apart from what is before it. */
  private static final Pattern RIGHT = Pattern.compile("(?m)(?<=  )right(?=  |$)");

  private static final Pattern WRONG = Pattern.compile("(?m)(?<=  )wrong(?=  |$)");

  /** The console of this process; {@code NO_COLOR} turns colours off. */
  public static Console ofProcess() {
    String noColour = System.getenv("NO_COLOR");
    boolean wanted = noColour == null || noColour.isEmpty();
    boolean out = isTerminal(1);
    boolean err = isTerminal(2);
    return new Console(utf8(System.out), utf8(System.err), err, err && wanted, out && wanted);
  }

  /** True if a person types and sees the results: input and output are a terminal. */
  public static boolean isInteractive() {
    return isTerminal(0) && isTerminal(1);
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /** Java can only tell for input and output together; Linux tells for each. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (!Files.exists(link)) {
      return System.console() != null;
    }
    try {
      String target = link.toRealPath().toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Prints a result. */
  public void result(String text) {
    out.println(text);
  }

  /** Prints a result with answers: right in green, wrong in red, where colours are welcome. */
  public void answers(String text) {
    String green = RIGHT.matcher(text).replaceAll(GREEN + "right" + PLAIN);
    result(colourOfResults ? WRONG.matcher(green).replaceAll(RED + "wrong" + PLAIN) : text);
  }

  /** Prints a note about what is going on. */
  public void note(String text) {
    err.println(text);
  }

  /** Prints an error, one or two lines; what it quotes from outside must not steer a terminal. */
  public void error(String text) {
    err.println((colour ? RED + "error:" + PLAIN : "error:") + " " + plain(text));
  }

  /** Prints what is wrong although the command goes on. */
  public void warning(String text) {
    err.println("warning: " + plain(text));
  }

  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
  }
}
