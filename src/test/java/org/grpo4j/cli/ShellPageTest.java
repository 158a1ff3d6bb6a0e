package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Types the session of {@code docs/course/shell.md} into one shell and compares what it says with
 * the page. With {@code -Ddocs.update=true} the answers are written into the page.
 */
class ShellPageTest {

  private static final Path PAGE = Path.of("docs", "course", "shell.md");
  private static final String PROMPT = "grpo4j> ";
  private static final Pattern BLOCK = Pattern.compile("(?s)```text\n(.*?)```");

  @Test
  void theShellSaysWhatThePageSays() throws Exception {
    String page = Files.readString(PAGE);
    String current = answered(page);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, current);
    }
    assertEquals(
        current, Files.readString(PAGE), "run ./mvnw test -Dtest=ShellPageTest -Ddocs.update=true");
  }

  private static String answered(String page) throws Exception {
    List<String> lines = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      lines.addAll(typed(block.group(1)));
    }
    assertTrue(lines.size() > 20, "lines on the page: " + lines.size());
    Deque<String> answers = answers(lines);
    return BLOCK
        .matcher(page)
        .replaceAll(
            found -> {
              StringBuilder text = new StringBuilder("```text\n");
              for (String line : typed(found.group(1))) {
                text.append(PROMPT).append(line).append('\n').append(answers.removeFirst());
              }
              return Matcher.quoteReplacement(text.append("```").toString());
            });
  }

  private static List<String> typed(String block) {
    return block
        .lines()
        .filter(line -> line.startsWith(PROMPT))
        .map(line -> line.substring(PROMPT.length()))
        .toList();
  }

  /** The answer to each of the lines, whole lines or nothing. */
  private static Deque<String> answers(List<String> lines) throws IOException {
    ShellProcess shell = ShellProcess.type(true, String.join("\n", lines) + "\n/exit\n");
    assertEquals(0, shell.exitCode(), shell.err());
    List<String> said = new ArrayList<>(List.of(shell.out().split(PROMPT, -1)));
    assertEquals(lines.size() + 2, said.size(), shell.out()); // before the first, after /exit
    Deque<String> answers = new ArrayDeque<>();
    for (String answer : said.subList(1, lines.size() + 1)) {
      String text = answer.strip().replaceAll("(?m) +$", "");
      answers.add(text.isEmpty() ? "" : text + "\n");
    }
    return answers;
  }
}
