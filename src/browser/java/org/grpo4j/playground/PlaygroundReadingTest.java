package org.grpo4j.playground;

import static org.grpo4j.playground.PlaygroundFixture.restsAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.cli.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways from a number to its explanation and back, and texts that depend on the run. */
class PlaygroundReadingTest {

  @RegisterExtension private static final PlaygroundFixture playground = new PlaygroundFixture();

  @Test
  void aPushLeadsToItsExplanationAndEscapeBack() {
    try (Chromium.Tab tab = playground.open("#task=think-add")) {
      Page page = tab.page();
      restsAt(page, 0);
      Locator push = page.getByTestId("push").nth(2);
      push.click();
      page.waitForFunction("() => document.activeElement.id === 'explain'");
      assertEquals(
          push.getAttribute("data-value"),
          page.getByTestId("explain-value").getAttribute("data-value"));
      page.keyboard().press("Escape");
      page.waitForFunction("() => document.activeElement.dataset.testid === 'push'");
      Locator cell = page.getByTestId("cell").nth(1);
      cell.click();
      page.waitForFunction("() => document.activeElement.id === 'explain'");
      page.locator("#explain > .close").click();
      page.waitForFunction("() => document.activeElement.dataset.testid === 'cell'");
      tab.assertNoComplaint();
    }
  }

  @Test
  void besideTheSourcesAPageLeadsToThem(@TempDir Path directory) throws IOException {
    Path built = directory.resolve("target/playground/index.html");
    Files.createDirectories(built.getParent());
    Files.copy(BuiltPage.FILE, built);
    for (Path file : new Path[] {BuiltPage.FILE, built}) {
      try (Chromium.Tab tab = playground.chromium().open(1280, 800, ColorScheme.LIGHT, true)) {
        Page page = tab.page();
        page.navigate(file.toUri() + "#task=think-add&update=1");
        restsAt(page, 1);
        page.locator(".yardstick .note-button").first().click();
        page.getByTestId("sources").waitFor();
        Locator links = page.getByTestId("sources").locator("a");
        assertEquals(file.equals(built) ? 2 : 0, links.count());
        if (file.equals(built)) {
          String link = links.first().evaluate("a => a.href").toString();
          Path equations = directory.toRealPath().resolve("docs/equations.md");
          assertTrue(link.startsWith(equations.toUri() + "#eq-3"), link);
        }
        tab.assertNoComplaint();
      }
    }
  }

  @Test
  void theHeldOutCurveBeginsBeforeTheFirstUpdate() {
    try (Chromium.Tab tab = playground.open("#task=think-add&update=3")) {
      Page page = tab.page();
      restsAt(page, 3);
      String curve = "[data-chart=reward] svg[aria-label*='held out: ']";
      page.locator(curve).waitFor();
      String summary = page.locator(curve).getAttribute("aria-label");
      assertTrue(summary.matches(".*held out: \\S+ at 0, \\S+ at 3$"), summary);
      tab.assertNoComplaint();
    }
  }

  @Test
  void aGroupOfOneIsDeadOnlyIfNothingElseIsComparedWith() {
    String alone = "#task=few-sums&train.group_size=1";
    try (Chromium.Tab tab = playground.open(alone)) {
      String text = tab.page().locator(".yardstick").innerText();
      assertTrue(text.startsWith("A dead group: one completion has nothing"), text);
    }
    try (Chromium.Tab tab = playground.open(alone + "&advantage.estimator=batch-mean")) {
      String text = tab.page().locator(".yardstick").innerText();
      assertTrue(text.contains("compared with more than this group"), text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 1080, 1280, 1920})
  void headAndTransportStandOnOneLineEach(int width) {
    try (Chromium.Tab tab = playground.open("", width, 700, ColorScheme.LIGHT)) {
      for (String line : new String[] {".head-line", ".transport"}) {
        Object rows =
            tab.page()
                .locator(line)
                .evaluate(
                    "line => new Set([...line.children].filter(c => c.offsetParent).map(c => {"
                        + "const r = c.getBoundingClientRect();"
                        + "return Math.round((r.top + r.bottom) / 20); })).size");
        assertEquals(1, rows, line + " at " + width);
      }
      double slider = tab.page().getByTestId("time").boundingBox().width;
      assertTrue(slider > 80, "a slider that can be drawn along: " + slider);
    }
  }
}
