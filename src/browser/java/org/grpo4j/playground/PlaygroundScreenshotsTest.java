package org.grpo4j.playground;

import static org.grpo4j.playground.PlaygroundFixture.restsAt;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grpo4j.cli.Chromium;
import org.junit.jupiter.api.Test;

/**
 * Takes pictures of the playground in four sizes and both themes, into {@code
 * target/browser/screenshots}; with {@code -Dscreenshots.update=true} into {@code
 * docs/screenshots}. At every size it looks for what a reader would call broken.
 */
class PlaygroundScreenshotsTest {

  private static final boolean UPDATE = Boolean.getBoolean("screenshots.update");

  /** Several epochs, so that the clip has something to do. */
  private static final String RUN = "#task=think-add&train.inner_epochs=3&update=24";

  private static final int SHOWN = 24;

  /** A lesson with two runs. */
  private static final String LESSON = "#lesson=no-clip";

  /** A window as people have it. */
  private record Size(String name, int width, int height) {}

  private static final List<Size> SIZES =
      List.of(
          new Size("phone", 390, 844),
          new Size("tablet", 820, 1180),
          new Size("laptop", 1280, 800),
          new Size("wide", 1920, 1080));

  @Test
  void inFourSizesAndBothThemes() throws IOException {
    Path target =
        Files.createDirectories(
            UPDATE ? Path.of("docs", "screenshots") : Path.of("target", "browser", "screenshots"));
    List<String> problems = new ArrayList<>();
    try (PlaygroundFixture playground = new PlaygroundFixture()) {
      for (Size size : SIZES) {
        for (ColorScheme theme : themes(size)) {
          String name = "playground-" + size.name() + "-" + theme.name().toLowerCase(Locale.ROOT);
          try (Chromium.Tab tab = playground.open(RUN, size.width(), size.height(), theme)) {
            restsAt(tab.page(), SHOWN);
            picture(tab.page(), target.resolve(name + ".png"));
            check(tab.page(), name, problems);
            tab.assertNoComplaint();
          }
        }
        if (!UPDATE && size.width() > SIZES.get(0).width()) {
          continue; // two runs side by side are narrowest on a phone
        }
        try (Chromium.Tab tab =
            playground.open(LESSON, size.width(), size.height(), ColorScheme.LIGHT)) {
          restsAt(tab.page(), 0);
          check(tab.page(), "lesson-" + size.name(), problems);
        }
      }
    }
    assertEquals(List.of(), problems);
  }

  /** Both for the pictures of the pages; a look at every size is one of them. */
  private static List<ColorScheme> themes(Size size) {
    List<ColorScheme> both = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
    int one = SIZES.indexOf(size) % 2;
    return UPDATE ? both : both.subList(one, one + 1);
  }

  private static void picture(Page page, Path file) {
    page.mouse().move(0, 0);
    page.waitForTimeout(500); // charts and transitions
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  /** A page that scrolls sideways is broken on a phone. */
  private static void check(Page page, String name, List<String> problems) {
    int width = (int) page.evaluate("() => document.documentElement.scrollWidth");
    int window = (int) page.evaluate("() => document.documentElement.clientWidth");
    if (width > window) {
      problems.add("%s: %d pixels wide in a window of %d".formatted(name, width, window));
    }
    for (String leak : List.of("undefined", "NaN", "[object")) {
      if (page.locator("body").innerText().contains(leak)) {
        problems.add(name + ": the page says " + leak);
      }
    }
  }
}
