package org.grpo4j.playground;

import static org.grpo4j.playground.PlaygroundFixture.restsAt;
import static org.grpo4j.playground.PlaygroundFixture.stage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import org.grpo4j.cli.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A careless or hostile reader of the playground gets one sentence, and a run that goes on. */
class HostilePlaygroundTest {

  private static final String TABLE = "#task=few-sums";

  @RegisterExtension private static final PlaygroundFixture playground = new PlaygroundFixture();

  private static String problem(Page page) {
    page.getByTestId("problem").waitFor();
    return page.getByTestId("problem").innerText();
  }

  private static void noProblem(Page page) {
    page.waitForFunction("() => document.querySelector('#problem').hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#task=nonsense|task: must be one of",
        "#task=<img src=x onerror=alert(1)>|got <img src=x onerror=alert(1)>",
        "#model=nonsense|model: must be one of table, transformer, got nonsense",
        "#seed=1.5|seed: must be a whole number",
        "#task=few-sums&train.group_size=-5|train.group_size: must be from 1 to 2048, got -5",
        "#task=few-sums&train.group_size=|train.group_size: must be a number, got nothing",
        "#task=few-sums&train.mini_batches=65|train.mini_batches: must be from 1 to 64, got 65",
        "#train.prompts=4096&train.group_size=64|train.group_size: must be from 1 to 4, got 64",
        "#task=few-sums&cold_start.steps=1e9|cold_start.steps: must be from 0 to 5000",
        "#task=few-sums&train.learning_rate=1e300|train.learning_rate: must be above 0",
        "#task=few-sums&train.learning_rate=NaN|train.learning_rate: must be a number, got NaN",
        "#task=few-sums&train.unknown=5|train.unknown: must be one of the page's settings, got 5",
        "#task=few-sums&__proto__=5|__proto__: must be one of the page's settings",
        "#task=few-sums&critic.kind=zzz|critic.kind: must be one of none, separate, value-head",
        "#task=few-sums&reward=constructor|reward: must be one of correct",
        "#task=few-sums&reward=expression&expression=1/0|update 0: reward is Infinity",
        "#task=few-sums&reward=expression&expression=0/0|expression: must be a number for every",
        "#task=few-sums&then=nonsense|then: must be one of the page's settings, got nonsense",
        "#task=few-sums&b.task=think-add|b.task: must be one of the page's settings",
      })
  void anAddressThatCannotBeHadIsSaidAndThePageBeginsWithout(String address, String sentence) {
    try (Chromium.Tab tab = playground.open(address)) {
      Page page = tab.page();
      page.waitForFunction(
          "() => document.querySelector('#problem').textContent.startsWith('The address: ')");
      assertTrue(problem(page).contains(sentence), problem(page));
      page.keyboard().press("u");
      restsAt(page, 1);
      noProblem(page);
      tab.assertNoComplaint();
    }
  }

  @Test
  void anAddressFarAwayCanBePaused() {
    try (Chromium.Tab tab = playground.open(TABLE + "&update=1e9")) {
      Page page = tab.page();
      page.waitForFunction("() => document.querySelector('#time').max > 30");
      page.keyboard().press(" ");
      page.waitForFunction("() => document.querySelector('#play').textContent.includes('Play')");
      noProblem(page);
      page.keyboard().press("u");
      noProblem(page);
      tab.assertNoComplaint();
    }
  }

  @Test
  void whateverIsDoneWhileItPlaysIsDoneOnce() {
    try (Chromium.Tab tab = playground.open(TABLE)) {
      Page page = tab.page();
      page.getByTestId("speed").selectOption("3");
      page.evaluate("() => document.activeElement.blur()");
      page.keyboard().press(" ");
      page.waitForFunction("() => document.querySelector('#time').max > 40");
      page.evaluate("() => document.querySelector('[data-testid=reward]').click()");
      page.waitForFunction("() => document.querySelector('.by-hand')");
      page.waitForFunction(
          "() => document.querySelector('#where').textContent === 'update ' +"
              + " document.querySelector('#time').max");
      page.keyboard().press(" ");
      page.waitForFunction("() => document.querySelector('#time').max > 120");
      page.evaluate(
          """
          () => {
            const time = document.querySelector("#time");
            for (const at of [60, 5, 99, 3, 7]) {
              time.value = at;
              time.dispatchEvent(new Event("input", { bubbles: true }));
            }
          }""");
      PlaygroundFixture.wentBackTo(page, 7);
      String seventh = stage(page);
      page.waitForTimeout(700); // what was under way when it was dragged
      assertEquals(seventh, stage(page));
      noProblem(page);
      tab.assertNoComplaint();
    }
  }

  @Test
  void aNumberThatIsNotFiniteLeavesTheRunUsable() {
    try (Chromium.Tab tab = playground.open(TABLE + "&reward=expression&expression=right")) {
      Page page = tab.page();
      page.getByTestId("expression").fill("1 / 0");
      page.keyboard().press("Enter");
      page.locator("#play").focus();
      page.keyboard().press("u");
      assertTrue(problem(page).contains("reward is"), problem(page));
      page.getByTestId("expression").fill("right");
      page.keyboard().press("Enter");
      noProblem(page);
      page.locator("#play").focus();
      page.keyboard().press("u");
      restsAt(page, 1);
      tab.assertNoComplaint();
    }
  }

  @Test
  void aFileThatIsNoPolicyChangesNothing() {
    try (Chromium.Tab tab = playground.open(TABLE + "&update=2")) {
      Page page = tab.page();
      restsAt(page, 2);
      for (byte[] file : new byte[][] {{}, {1, 2, 3}, BuiltPage.START}) {
        page.getByTestId("policy-file").setInputFiles(new FilePayload("a.bin", "", file));
        assertTrue(problem(page).contains("tabular-policy.bin"), problem(page));
        restsAt(page, 2);
      }
      page.locator("#again").click();
      restsAt(page, 0);
      noProblem(page);
      tab.assertNoComplaint();
    }
  }

  @Test
  void aLessonLeftInTheMiddleDoesNotReachTheNext() {
    try (Chromium.Tab tab = playground.open("#lesson=hacking")) {
      Page page = tab.page();
      restsAt(page, 0);
      page.getByTestId("prediction").first().check();
      page.getByTestId("run-lesson").click();
      page.getByTestId("lessons").selectOption("dead");
      page.getByTestId("lessons").selectOption("clip");
      page.waitForFunction("() => location.hash.includes('lesson=clip')");
      restsAt(page, 0);
      page.waitForTimeout(700);
      restsAt(page, 0);
      assertEquals(1, page.getByTestId("scene").count(), "the second run belonged to another");
      assertEquals(0, page.getByTestId("outcome").count());
      tab.assertNoComplaint();
    }
  }

  @Test
  void aLessonWithoutItsSecondRunSaysSo() {
    try (Chromium.Tab tab = playground.open("#lesson=dead")) {
      Page page = tab.page();
      page.getByTestId("prediction").first().check();
      page.locator("#run-lesson:enabled").waitFor();
      page.getByTestId("stop-comparing").click();
      page.getByTestId("run-lesson").click();
      assertTrue(problem(page).contains("needs both of its runs"), problem(page));
      tab.assertNoComplaint();
    }
  }

  @Test
  void aRunThatIsComparedWithWaitsForTheOther() {
    try (Chromium.Tab tab = playground.open(TABLE + "&update=60")) {
      Page page = tab.page();
      restsAt(page, 60);
      page.getByTestId("compare").selectOption("rloo");
      page.evaluate("() => document.activeElement.blur()");
      for (int i = 0; i < 5; i++) {
        page.keyboard().press("u");
      }
      page.waitForFunction("() => document.querySelectorAll('[data-testid=scene]').length === 2");
      restsAt(page, 65);
      assertEquals(
          page.locator("[data-run=A] .asked").innerText(),
          page.locator("[data-run=B] .asked").innerText());
      tab.assertNoComplaint();
    }
  }

  @Test
  void aBrowserThatCannotRunItSaysSo() {
    try (Chromium.Tab tab = playground.chromium().open(1280, 800, ColorScheme.LIGHT, true)) {
      Page page = tab.page();
      page.addInitScript(
          """
          const Text = Blob;
          globalThis.Blob = function (parts, options) {
            const isScript = options && options.type === "text/javascript";
            return new Text(isScript ? ["delete globalThis.WebAssembly;", ...parts] : parts, options);
          };
          """);
      page.navigate(BuiltPage.FILE.toUri().toString());
      assertTrue(problem(page).contains("Firefox 120"), problem(page));
      page.keyboard().press("u");
      page.keyboard().press(" ");
      page.locator("#again").click();
      page.getByTestId("lessons").selectOption("clip");
      assertTrue(problem(page).contains("Firefox 120"), problem(page));
      tab.assertNoComplaint();
    }
  }
}
