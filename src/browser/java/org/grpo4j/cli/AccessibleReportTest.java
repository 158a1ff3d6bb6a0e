package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of axe-core hold on every page, in both themes, wide and narrow, changed and not. */
class AccessibleReportTest {

  private static final String TINY =
      """
      name: tiny
      task: think-add
      model: {width: 16, heads: 2, feed_forward: 32}
      cold_start: {steps: 10, corpus_size: 200}
      train: {updates: 2, prompts: 4, group_size: 4}
      evaluation: {every: 2, problems: 16, final_problems: 4, final_samples: 4}
      """;

  @TempDir static Path directory;

  private static Chromium chromium;

  @BeforeAll
  static void start() {
    chromium = new Chromium();
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @Test
  void reportOfARun() {
    ReportedRun run =
        ReportedRun.train(directory.resolve("one"), Path.of("experiments", "think-add.yaml"), 4);
    assertAccessible(
        run.report(),
        page -> {},
        page -> page.getByTestId("token").first().click(),
        page -> closed(page).locator("[data-testid=batch] g.pick").first().click(),
        page -> closed(page).getByTestId("estimators-of-group").first().click(),
        page -> closed(page).getByText("Change something").click(),
        page -> page.locator("[data-preset=clip]").click(),
        page -> page.locator("#whatif [data-note=whatif]").click(),
        page -> closed(page).getByTestId("tour").click(),
        page -> page.getByTestId("tour-next").click(),
        page -> page.getByTestId("tour-next").click());
  }

  /** With the explanation closed: on a phone it lies over the rest. */
  private static Page closed(Page page) {
    page.keyboard().press("Escape");
    return page;
  }

  @Test
  void reportsOfAComparison() throws Exception {
    Path tiny = Files.writeString(directory.resolve("tiny.yaml"), TINY);
    Path out = directory.resolve("comparison");
    Cli compare =
        Cli.run(
            "compare",
            "A=" + tiny,
            "B=" + tiny,
            "--seeds",
            "1-2",
            "--quiet",
            "--runs",
            directory.resolve("runs").toString(),
            "--out",
            out.toString());
    assertEquals(0, compare.exitCode(), compare.err());
    assertAccessible(out.resolve("report.html"), page -> {});
    List<String> arguments = new ArrayList<>(List.of("report"));
    try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
      runs.filter(run -> Files.exists(run.resolve("summary.json")))
          .sorted()
          .limit(2)
          .forEach(run -> arguments.add(run.toString()));
    }
    Path several = directory.resolve("several.html");
    arguments.addAll(List.of("--out", several.toString()));
    Cli report = Cli.run(arguments.toArray(String[]::new));
    assertEquals(0, report.exitCode(), report.err());
    assertAccessible(several, page -> {});
  }

  private static void assertAccessible(Path file, AxeRules.Deed... deeds) {
    AxeRules.assertKept(chromium, file, deeds);
  }
}
