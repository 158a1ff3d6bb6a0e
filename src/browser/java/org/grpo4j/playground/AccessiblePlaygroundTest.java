package org.grpo4j.playground;

import static org.grpo4j.playground.PlaygroundFixture.restsAt;

import com.microsoft.playwright.Page;
import org.grpo4j.cli.AxeRules;
import org.junit.jupiter.api.Test;

/**
 * The rules of axe-core hold on the playground, in both themes, wide and narrow, whatever is open.
 */
class AccessiblePlaygroundTest {

  @Test
  void whateverIsOpen() {
    try (PlaygroundFixture playground = new PlaygroundFixture()) {
      AxeRules.assertKept(
          playground.chromium(),
          BuiltPage.FILE,
          page -> page.getByTestId("push").first().waitFor(),
          page -> page.getByTestId("step-token").click(),
          page -> page.getByTestId("step-update").click(),
          page -> page.locator("#columns summary").click(),
          page -> page.locator("#more-curves summary").click(),
          page -> page.locator("#stage .note-button").first().click(),
          AccessiblePlaygroundTest::byHand,
          page -> page.getByTestId("think-bar").first().click(),
          page -> page.getByTestId("open-workbench").click(),
          page -> page.getByTestId("compare").selectOption("ppo"),
          page -> page.getByTestId("lessons").selectOption("clip"),
          AccessiblePlaygroundTest::runTheLesson);
    }
  }

  private static void byHand(Page page) {
    page.keyboard().press("Escape");
    page.getByTestId("reward").first().click();
    page.locator(".by-hand").waitFor();
  }

  private static void runTheLesson(Page page) {
    restsAt(page, 0);
    page.getByTestId("prediction").first().check();
    page.getByTestId("run-lesson").click();
    page.getByTestId("outcome").waitFor();
  }
}
