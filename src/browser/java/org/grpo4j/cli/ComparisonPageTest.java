package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a small comparison in a browser, and the way into its runs and back. */
class ComparisonPageTest {

  private static final String TINY =
      """
      name: tiny
      task: think-add
      model: {width: 16, heads: 2, feed_forward: 32}
      cold_start: {steps: 10, corpus_size: 200}
      train: {updates: 3, prompts: 4, group_size: 4}
      evaluation: {every: 2, problems: 16, final_problems: 4, final_samples: 4}
      """;

  @TempDir Path directory;

  @Test
  void leadsIntoTheRunsAndBack() throws IOException {
    Path tiny = Files.writeString(directory.resolve("tiny.yaml"), TINY);
    Path out = directory.resolve("runs/comparisons/a against b");
    Cli compare =
        Cli.run(
            "compare",
            "A <i>=" + tiny,
            "B=" + tiny,
            "--seeds",
            "1-2",
            "--quiet",
            "--runs",
            directory.resolve("runs").toString(),
            "--out",
            out.toString());
    assertEquals(0, compare.exitCode(), compare.err());
    try (Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(390, 844, ColorScheme.DARK, true)) {
      tab.goTo(out.resolve("report.html"));
      Page page = tab.page();
      assertEquals(
          true, page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no overflow");
      assertEquals(0, page.locator("[popover]:popover-open").count());
      page.locator("#numbers .note-button").nth(1).click();
      String note = page.locator("[popover]:popover-open").innerText();
      assertTrue(note.contains("bootstrap"), note);
      page.keyboard().press("Escape");
      page.locator("#inside a", new Page.LocatorOptions().setHasText("inside an update"))
          .first()
          .click();
      page.waitForURL(Pattern.compile(".*/report\\.html\\?comparison=.*"));
      page.getByTestId("update").waitFor();
      page.getByText("to the comparison").click();
      page.waitForURL(Pattern.compile(".*/comparisons/a%20against%20b/report\\.html"));
      assertTrue(page.locator("h1").innerText().contains("A <i>"));
      tab.assertNoComplaint();
    }
  }

  @Test
  void theWayBackLeadsToAPageBesideTheRunsOrNowhere() throws IOException {
    ReportedRun run = ReportedRun.train(directory, Path.of("experiments", "think-add.yaml"), 1);
    try (Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
      for (String back :
          new String[] {
            "javascript:alert(1)", "https://example.org/report.html", "//example.org/report.html",
            "/report.html", "../../x.html", "..//example.org/report.html"
          }) {
        tab.page().navigate(run.report().toUri() + "?comparison=" + back);
        assertEquals(0, tab.page().getByText("to the comparison").count(), back);
      }
      tab.assertNoComplaint();
    }
  }

  /** Whoever made a run or named an experiment may have written anything. */
  @Test
  void whatOthersWroteIsTextAndNothingElse() throws IOException {
    try (Chromium chromium = new Chromium()) {
      HostileComparison harmless =
          HostileComparison.write(directory.resolve("good"), "run ", i -> "word " + i);
      HostileStrings strings = new HostileStrings(2);
      HostileComparison hostile =
          HostileComparison.write(
              directory.resolve("bad"), "javascript:window.pwned=1;", i -> strings.next());
      HostilePage good = open(chromium, harmless.page());
      HostilePage bad = open(chromium, hostile.page());
      assertEquals(good.names(), bad.names());
      assertEquals(good.surroundings(), bad.surroundings());
      bad.assertShows("the comparison", hostile.shown());
      for (String picture : HostileComparison.PICTURES) {
        HostilePage drawn = open(chromium, hostile.page().resolveSibling(picture));
        assertEquals(
            open(chromium, harmless.page().resolveSibling(picture)).names(), drawn.names());
        drawn.assertShows(picture, hostile.experiments());
        drawn.assertHarmless();
      }
      good.assertHarmless();
      bad.assertHarmless();
      assertLeadsIntoRunsAndBack(chromium, hostile.page());
    }
  }

  private static HostilePage open(Chromium chromium, Path file) {
    Page page = chromium.open(1280, 900, ColorScheme.LIGHT, true).page();
    return new HostilePage(page, file.toUri().toString());
  }

  private static void assertLeadsIntoRunsAndBack(Chromium chromium, Path comparison) {
    try (Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, true)) {
      tab.goTo(comparison);
      Page page = tab.page();
      String address = page.url();
      page.locator("#inside a").first().click();
      page.waitForURL(Pattern.compile(".*/report\\.html\\?comparison=.*"));
      page.getByText("to the comparison").click();
      page.waitForURL(address);
      tab.assertNoComplaint();
    }
  }
}
