package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.grpo4j.cli.Chromium;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each lesson, run as a reader runs it. The engine has the same bits everywhere, so the number with
 * which a lesson answers is the same everywhere too.
 */
class PlaygroundLessonsTest {

  private static final int MOST_MILLIS = 120_000;

  @RegisterExtension private static final PlaygroundFixture playground = new PlaygroundFixture();

  @ParameterizedTest
  @CsvSource({
    "group, 0, 0.2937799403538672",
    "deviation, 0, 2.474173932086831",
    "dead, 0, 0.515625",
    "clip, 1, 0.23387096774193547",
    "kl, 0, 0.05893600688900879",
    "no-clip, 0, 0.24843749999999998",
    "hacking, 1, 0.28515625",
    "ppo, 2, -0.030468750000000044"
  })
  void lessonAnswersWithANumberOfItsRun(String lesson, int answer, double number) {
    try (Chromium.Tab tab = playground.open("#lesson=" + lesson)) {
      Page page = tab.page();
      Locator run = page.getByTestId("run-lesson");
      assertTrue(run.isDisabled(), "a prediction comes first");
      page.waitForFunction("() => document.querySelector('#where').textContent === 'update 0'");
      page.getByTestId("prediction").nth(answer).check();
      run.click();
      Locator outcome = page.getByTestId("outcome");
      outcome.waitFor(new Locator.WaitForOptions().setTimeout(MOST_MILLIS));
      assertEquals(number, Double.parseDouble(outcome.getAttribute("data-value")));
      assertEquals(answer, Integer.parseInt(outcome.getAttribute("data-answer")));
      assertTrue(outcome.innerText().startsWith("As you said."), outcome.innerText());
      page.waitForFunction("id => location.hash.includes('lesson=' + id)", lesson);
      tab.assertNoComplaint();
    }
  }
}
