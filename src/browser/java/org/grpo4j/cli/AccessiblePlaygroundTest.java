package org.grpo4j.cli;

import static org.grpo4j.cli.PlaygroundFixture.restsAt;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of axe-core hold on the playground, in both themes, wide and narrow, whatever is open. */
class AccessiblePlaygroundTest {

  @TempDir static Path directory;

  @Test
  void whateverIsOpen() throws IOException {
    try (PlaygroundFixture playground = new PlaygroundFixture(directory)) {
      AccessibleReportTest.assertAccessible(
          playground.chromium(),
          playground.file(),
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
