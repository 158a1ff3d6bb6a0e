package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The shell in a pipe: values and errors, nothing else; its starters and its exit code. */
class ShellCommandTest {

  @Test
  void aPipeGetsTheValuesAndNothingElse() throws IOException {
    ShellProcess shell = ShellProcess.type(false, "rewards(1,0,0,1)\n1.0 / 3\n/exit\n");
    assertEquals(0, shell.exitCode(), shell.err());
    assertEquals("$1 ==> [1, 0, 0, 1]\n$2 ==> 0.3333\n", withoutEmptyLines(shell.out()));
  }

  @Test
  void theEndOfTheInputEndsIt() throws IOException {
    ShellProcess shell = ShellProcess.type(false, "groupAdvantages(1, 0, 0, 1)\n");
    assertEquals(0, shell.exitCode(), shell.err());
    String four = "[0.8659, -0.8659, -0.8659, 0.8659]";
    assertEquals("$1 ==> " + four + "\n", withoutEmptyLines(shell.out()));
  }

  @Test
  void exitGivesItsCode() throws IOException {
    assertEquals(7, ShellProcess.type(false, "/exit 7\n").exitCode());
  }

  @Test
  void hasNoJson() {
    Cli refused = Cli.run("shell", "--json");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("--json: a shell has no result"), refused.err());
  }

  @Test
  void mistakesAreToldAndTheNextLineIsRead() throws IOException {
    ShellProcess shell =
        ShellProcess.type(
            false,
            """
            int x = "a"
            new ClippedSurrogate(-1, 0.2)
            double[] pair = {1, 1.0 / 3}
            String text = "0.123456"
            double third() { return 1.0 / 3; }
            third() * 3 == 1
            System.out.println(1.0 / 3)
            /exit
            """);
    String out = shell.out();
    assertTrue(out.contains("String cannot be converted to int"), out);
    assertTrue(out.contains("clipLow: must be at least 0, got -1.0"), out);
    assertTrue(out.contains("pair ==> double[2] { 1, 0.3333 }"), out);
    assertTrue(out.contains("text ==> \"0.123456\""), out);
    assertTrue(out.contains("==> true"), out);
    assertTrue(out.contains("0.3333333333333333\n"), out);
    assertFalse(out.contains("Welcome") || out.contains("Goodbye"), out);
    assertFalse(out.contains("jshell>"), out);
  }

  private static String withoutEmptyLines(String text) {
    return text.replace("\r\n", "\n").replaceAll("(?m)^\n", "");
  }
}
