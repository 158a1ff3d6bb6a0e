package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.cli.Chromium;
import org.junit.jupiter.api.Test;

/** The animated picture of README, made with {@code -Dscreenshots.update=true}. */
class AnimatedPictureTest {

  private static final boolean UPDATE = Boolean.getBoolean("screenshots.update");

  private static final Path FILE = Path.of("docs", "screenshots", "playground.png");

  /** One update token by token, then one after the other until it has learnt. */
  @Test
  void theAnimatedPictureOfReadme() throws IOException {
    if (!UPDATE) {
      assertTrue(Files.size(FILE) > 0);
      return;
    }
    AnimatedPng animated = new AnimatedPng();
    try (PlaygroundFixture playground = new PlaygroundFixture();
        Chromium.Tab tab = playground.open("#task=think-add", 1280, 980, ColorScheme.LIGHT)) {
      Page page = tab.page();
      PlaygroundFixture.restsAt(page, 0);
      for (int token = 0; token < 12; token++) {
        press(page, "t", 250, animated);
      }
      for (int completion = 0; completion < 7; completion++) {
        press(page, "c", 350, animated);
      }
      for (int phase = 0; phase < 3; phase++) {
        press(page, "c", 1000, animated);
      }
      for (int update = 0; update < 24; update++) {
        press(page, "u", 350, animated);
      }
      animated.add(page.screenshot(), 2500);
      tab.assertNoComplaint();
    }
    Files.write(FILE, animated.bytes());
    assertTrue(Math.abs(animated.duration() - 20_000) < 2000, "" + animated.duration());
  }

  private static void press(Page page, String key, int millis, AnimatedPng animated)
      throws IOException {
    page.keyboard().press(key);
    page.waitForTimeout(400); // the update, and transitions
    animated.add(page.screenshot(), millis);
  }
}
