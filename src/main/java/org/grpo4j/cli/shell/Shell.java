package org.grpo4j.cli.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.grpo4j.cli.text.Console;

/**
 * The JDK's JShell, set up for grpo4j: the class path of this process, the imports of {@code
 * startup.jsh}, a feedback mode of its own and {@link ShortValues}. The user's own settings of
 * JShell are neither read nor changed.
 *
 * @param console where it prints
 * @param prompts whether a person types: without, values are all there is on the output
 */
public record Shell(Console console, boolean prompts) {

  /** Commands that make the feedback mode; JShell keeps it among the preferences. */
  private static final String FEEDBACK =
      """
      /set mode grpo4j normal -quiet
      /set prompt grpo4j "%s" "%s"
      /set truncation grpo4j 100000
      /set mode -retain grpo4j
      /set feedback -retain grpo4j
      """;

  /** True if this Java has JShell: a JDK has, a runtime may not. */
  public static boolean isThere() {
    return ModuleLayer.boot().findModule("jdk.jshell").isPresent();
  }

  /**
   * Runs until the end of the input or {@code /exit}.
   *
   * @return the exit code: 0, or what {@code /exit} was given
   */
  public int run() throws Exception {
    Path startup = Files.createTempFile("grpo4j-", ".jsh");
    try {
      Files.writeString(startup, imports());
      JavaShellToolBuilder tool = tool(preferences()).out(console.out());
      if (!Console.isInteractive()) {
        tool.in(System.in, null); // otherwise newer JDKs echo the first line of a pipe
      }
      return tool.start("--startup", startup.toString(), "--execution", ShortValuesProvider.NAME);
    } finally {
      Files.delete(startup);
    }
  }

  private static JavaShellToolBuilder tool(Map<String, String> preferences) {
    return JavaShellToolBuilder.builder().persistence(preferences).locale(Locale.ROOT);
  }

  /**
   * Preferences with the feedback mode; JShell has no other way to begin in a mode of one's own.
   */
  private Map<String, String> preferences() throws Exception {
    String commands =
        prompts ? FEEDBACK.formatted("grpo4j> ", "   ...> ") : FEEDBACK.formatted("", "");
    InputStream typed = new ByteArrayInputStream(commands.getBytes(StandardCharsets.UTF_8));
    Map<String, String> preferences = new HashMap<>();
    tool(preferences)
        .in(typed, null)
        .out(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .start("--no-startup", "-s", "--execution", ShortValuesProvider.NAME);
    preferences.keySet().removeIf(key -> key.startsWith("HISTORY"));
    return preferences;
  }

  private static String imports() throws IOException {
    try (InputStream resource = Shell.class.getResourceAsStream("startup.jsh")) {
      byte[] text = Objects.requireNonNull(resource, "startup.jsh").readAllBytes();
      return new String(text, StandardCharsets.UTF_8);
    }
  }
}
