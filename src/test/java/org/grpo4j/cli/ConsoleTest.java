package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.cli.text.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each channel of the program is asked by itself whether it is a terminal. */
class ConsoleTest {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  /** The program that the test runs on a terminal: what the console knows, in its results. */
  public static void main(String[] arguments) throws IOException {
    Console console = Console.ofProcess();
    Files.writeString(
        Path.of(arguments[0]),
        console.terminal() + " " + console.colour() + " " + console.colourOfResults());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          COMMAND                     | true true true
          COMMAND >/dev/null          | true true false
          COMMAND 2>/dev/null         | false false true
          COMMAND >/dev/null 2>&1     | false false false
          NO_COLOR=1 COMMAND          | true false false
          NO_COLOR= COMMAND           | true true true
          """)
  void asksTheChannelThatIsWrittenTo(String shell, String expected, @TempDir Path directory)
      throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT), "no script(1), which makes terminals");
    Path answer = directory.resolve("answer");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        String.join(
            " ",
            java,
            "-Xshare:auto",
            "-cp",
            classPath(),
            ConsoleTest.class.getName(),
            "" + answer);
    Process process =
        new ProcessBuilder(
                SCRIPT.toString(), "-qec", shell.replace("COMMAND", command), "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor());
    assertEquals(expected, Files.readString(answer));
  }

  private static String classPath() {
    return "'" + System.getProperty("java.class.path") + "'";
  }

  @Test
  void rightIsGreenAndWrongIsRedWhereColoursAreWelcome() {
    String table = "71+44=   []115  right   [511]115  wrong\nall right, nothing wrong\n";
    assertEquals(table, printed(false, table));
    assertEquals(
        "71+44=   []115  \u001B[32mright\u001B[0m   [511]115  \u001B[31mwrong\u001B[0m\n"
            + "all right, nothing wrong\n",
        printed(true, table));
  }

  private static String printed(boolean colour, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    new Console(stream, System.err, true, true, colour).answers(text.stripTrailing());
    return out.toString(StandardCharsets.UTF_8);
  }
}
