package org.grpo4j.playground;

import static org.grpo4j.playground.PlaygroundFixture.restsAt;
import static org.grpo4j.playground.PlaygroundFixture.stage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.grpo4j.cli.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader does on the playground, and what becomes of it. */
class PlaygroundControlsTest {

  private static final String TABLE = "#task=few-sums";

  @RegisterExtension private static final PlaygroundFixture playground = new PlaygroundFixture();

  /** The bar of a push is at the side of its sign, and in its colour. */
  @Test
  void pushesUpAndDownLookDifferent() {
    try (Chromium.Tab tab = playground.open("#task=think-add")) {
      Object sides =
          tab.page()
              .evaluate(
                  """
                  () => JSON.stringify([...document.querySelectorAll("[data-testid=push]")].map(push => {
                    const bar = push.querySelector(".push-bar").getBoundingClientRect();
                    const whole = push.getBoundingClientRect();
                    const middle = whole.left + whole.width / 2;
                    const right = bar.left + bar.width / 2 > middle;
                    return right === Number(push.dataset.value) > 0;
                  }))
                  """);
      assertTrue(((String) sides).matches("\\[true(,true)+]"), (String) sides);
    }
  }

  @Test
  void anUpdateComesIntoViewTokenByToken() {
    try (Chromium.Tab tab = playground.open(TABLE)) {
      Page page = tab.page();
      restsAt(page, 0);
      page.keyboard().press("t");
      restsAt(page, 1);
      Locator unseen = page.locator(".cell.unseen");
      int all = page.locator(".cell").count();
      assertEquals(all - 1, unseen.count());
      page.keyboard().press("t");
      page.waitForFunction("n => document.querySelectorAll('.cell.unseen').length === n", all - 2);
      assertEquals(0, page.getByTestId("push").count(), "nobody knows yet");
      page.keyboard().press("c");
      page.getByTestId("reward").first().waitFor();
      page.keyboard().press("u");
      page.getByTestId("push").first().waitFor();
      assertEquals(0, unseen.count());
      restsAt(page, 1);
      tab.assertNoComplaint();
    }
  }

  @Test
  void playingGoesOnAndAnyUpdateComesBackAsItWas() {
    try (Chromium.Tab tab = playground.open(TABLE)) {
      Page page = tab.page();
      for (int update = 1; update <= 4; update++) {
        page.keyboard().press("u");
        restsAt(page, update);
      }
      String fourth = stage(page);
      page.getByTestId("speed").selectOption("3");
      page.keyboard().press(" ");
      page.waitForFunction("() => Number(document.querySelector('#time').max) > 30");
      page.keyboard().press(" ");
      page.waitForFunction("() => document.querySelector('#play').textContent.includes('Play')");
      page.getByTestId("time").fill("4");
      PlaygroundFixture.wentBackTo(page, 4);
      assertEquals(fourth, stage(page));
      page.keyboard().press("ArrowLeft");
      PlaygroundFixture.wentBackTo(page, 3);
      assertNotEquals(fourth, stage(page));
      tab.assertNoComplaint();
    }
  }

  @Test
  void aRewardByHandMakesAnotherBranch() {
    try (Chromium.Tab tab = playground.open(TABLE + "&update=6")) {
      Page page = tab.page();
      restsAt(page, 6);
      page.getByTestId("time").fill("2");
      PlaygroundFixture.wentBackTo(page, 2);
      Locator reward = page.getByTestId("reward").first();
      String before = reward.getAttribute("data-value");
      reward.click();
      restsAt(page, 2);
      assertNotEquals(before, reward.getAttribute("data-value"));
      page.waitForFunction(
          "() => document.querySelector('.line.pale')"); // the branch that was left
      page.waitForFunction("() => location.hash.includes('then=2')");
      page.keyboard().press("u");
      restsAt(page, 3);
      String third = stage(page);
      page.waitForFunction("() => location.hash.includes('update=3')");
      try (Chromium.Tab again = playground.open(page.url().replaceFirst("^[^#]*", ""))) {
        restsAt(again.page(), 3);
        assertEquals(third, stage(again.page()), "the address holds what was done");
        again.assertNoComplaint();
      }
      tab.assertNoComplaint();
    }
  }

  @Test
  void aGroupThatAHandMadeEqualStaysInSight() {
    try (Chromium.Tab tab = playground.open(TABLE + "&update=6")) {
      Page page = tab.page();
      restsAt(page, 6);
      String asked = page.locator(".asked").innerText();
      int wrong = page.locator(".is-wrong").count();
      assertTrue(wrong > 0 && wrong < 8, "it compares");
      for (int left = wrong; left > 0; left--) {
        page.locator(".is-wrong").first().click();
        page.waitForFunction(
            "left => document.querySelectorAll('.is-wrong').length === left - 1", left);
      }
      assertEquals(wrong, page.locator(".by-hand").count());
      assertEquals(asked, page.locator(".asked").innerText());
      page.locator(".dead-word").waitFor();
      tab.assertNoComplaint();
    }
  }

  @Test
  void aChangeActsFromTheNextUpdateOn() {
    try (Chromium.Tab tab = playground.open(TABLE)) {
      Page page = tab.page();
      assertEquals(8, page.getByTestId("completion-row").count());
      page.locator("[data-setting='train.group_size']").fill("3");
      page.waitForFunction("() => location.hash.includes('train.group_size')");
      assertEquals(8, page.getByTestId("completion-row").count(), "this update is as it was");
      page.keyboard().press("u");
      restsAt(page, 1);
      assertEquals(4, page.getByTestId("completion-row").count());
      page.waitForFunction("() => document.querySelector('g.event')"); // the mark on the curves
      tab.assertNoComplaint();
    }
  }

  @Test
  void whatTheEngineRefusesIsASentence() {
    try (Chromium.Tab tab = playground.open(TABLE + "&reward=expression&expression=right")) {
      Page page = tab.page();
      page.getByTestId("expression").fill("right +");
      page.keyboard().press("Enter");
      page.getByTestId("problem").waitFor();
      assertTrue(page.getByTestId("problem").innerText().contains("expression"));
      page.getByTestId("expression").fill("right - 0.1 * length");
      page.keyboard().press("Enter");
      page.waitForFunction("() => document.querySelector('#problem').hidden");
      tab.assertNoComplaint();
    }
  }

  /** The run that was there is still there. */
  @Test
  void anAddressThatCannotBeTrainedSaysSoAndAnotherTaskBegins() {
    try (Chromium.Tab tab = playground.chromium().open(1280, 800, ColorScheme.LIGHT, true)) {
      Page page = tab.page();
      page.navigate(BuiltPage.FILE.toUri() + "#task=think-add&model=table");
      page.getByTestId("problem").waitFor();
      assertTrue(page.getByTestId("problem").innerText().contains("at most"));
      page.getByTestId("task").selectOption("few-sums");
      restsAt(page, 0);
      page.waitForFunction("() => location.hash === '#task=few-sums'");
      tab.assertNoComplaint();
    }
  }

  @Test
  void twoRunsHaveTheSamePromptsAndDraws() {
    try (Chromium.Tab tab = playground.open(TABLE + "&update=3")) {
      Page page = tab.page();
      restsAt(page, 3);
      page.getByTestId("compare").selectOption("same");
      page.waitForFunction("() => document.querySelectorAll('[data-testid=scene]').length === 2");
      List<String> both = page.locator(".rows").allInnerTexts();
      assertEquals(both.get(0), both.get(1));
      page.locator("#algorithm-dr-grpo").click();
      page.locator("#algorithm-dr-grpo[aria-pressed=true]").waitFor();
      page.keyboard().press("u");
      restsAt(page, 4);
      assertEquals(1, page.locator("[data-chart=difference]").count());
      page.getByTestId("stop-comparing").click();
      page.waitForFunction("() => document.querySelectorAll('[data-testid=scene]').length === 1");
      tab.assertNoComplaint();
    }
  }

  @Test
  void aClickOnABarGoesOnWithThatToken() {
    try (Chromium.Tab tab = playground.open(TABLE)) {
      Page page = tab.page();
      Locator bar = page.getByTestId("think-bar").first();
      bar.waitFor();
      String token = bar.locator("b").innerText();
      bar.click();
      page.waitForFunction("() => document.querySelectorAll('.prefix').length === 2");
      assertEquals(token, page.getByTestId("think-completion").inputValue());
      tab.assertNoComplaint();
    }
  }

  @Test
  void everyNumberOfTheUpdateIsRecomputedToTheLastBit() {
    try (Chromium.Tab tab = playground.open("#task=think-add&train.inner_epochs=2&update=2")) {
      Page page = tab.page();
      restsAt(page, 2);
      page.getByTestId("open-workbench").click();
      page.locator(".badge.good").waitFor();
      tab.assertNoComplaint();
    }
  }
}
