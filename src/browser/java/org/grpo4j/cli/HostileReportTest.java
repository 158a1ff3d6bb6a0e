package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.rollout.FinishReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy may write anything, and so may whoever made a file: the page shows it and runs none. */
class HostileReportTest {

  private static final List<String> ATTACKS =
      List.of(
          "<img src=x onerror=\"window.pwned=1\">",
          "</script><script>window.pwned=1</script>",
          "<!--<script>",
          "\"><svg onload=window.pwned=1>",
          "${window.pwned=1}",
          "javascript:window.pwned=1",
          "\u2028\u2029\u202e",
          "]]></style><style>body{display:none}");

  @TempDir Path directory;

  @Test
  void whatAPolicyWroteIsTextAndNothingElse() throws IOException {
    ReportedRun run =
        ReportedRun.train(directory, Path.of("experiments", "think-add.yaml"), 2);
    poison(run.directory().resolve("trace").resolve("updates.jsonl"));
    Path page = directory.resolve("hostile.html");
    Cli report = Cli.run("report", run.directory().toString(), "--out", page.toString());
    assertEquals(0, report.exitCode(), report.err());
    try (Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
      tab.goTo(page);
      Page shown = tab.page();
      ReportPageTest.scrubTo(shown, 1);
      shown.getByTestId("token").first().click();
      String text = shown.locator("body").innerText();
      assertTrue(text.contains(ATTACKS.get(0)), "the prompt is shown as it is");
      assertTrue(text.contains("cut off"), "a truncated completion is marked");
      assertEquals(true, shown.evaluate("() => window.pwned === undefined"));
      assertEquals(0, shown.locator("img, iframe, object, embed").count());
      assertEquals(0, shown.locator("svg[onload], [onerror]").count());
      tab.assertNoComplaint();
    }
  }

  /** Puts an attack wherever the trace has text that a policy or a task wrote. */
  private static void poison(Path trace) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(trace)) {
      ObjectNode update = (ObjectNode) json.readTree(line);
      int next = 0;
      for (String column : List.of("prompts", "texts")) {
        ArrayNode texts = (ArrayNode) update.get("batch").get(column);
        for (int i = 0; i < texts.size(); i++) {
          texts.set(i, ATTACKS.get(next++ % ATTACKS.size()));
        }
      }
      next = 0;
      for (JsonNode group : update.get("groups")) {
        for (String text : List.of("prompt", "answer", "greedy_before", "greedy_after")) {
          ((ObjectNode) group).put(text, ATTACKS.get(next++ % ATTACKS.size()));
        }
        for (JsonNode completion : group.get("completions")) {
          ((ObjectNode) completion).put("text", ATTACKS.get(next++ % ATTACKS.size()));
          ((ObjectNode) completion).put("finish", FinishReason.LENGTH_LIMIT.name());
        }
      }
      lines.add(json.writeValueAsString(update));
    }
    Files.write(trace, lines);
  }
}
