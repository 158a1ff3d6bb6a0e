package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * Pictures of the playground in four sizes and both themes, none of which scrolls sideways. With
 * {@code -Dscreenshots.update=true} they are those of {@code docs/screenshots}, and the animated one
 * of README is made too.
 */
class PagePicturesTest {

  private static final boolean UPDATE = Boolean.getBoolean("screenshots.update");

  private static final Path TARGET =
      UPDATE ? Path.of("docs", "screenshots") : Path.of("target", "browser", "screenshots");

  /** A window as people have it. */
  private record Size(String name, int width, int height) {}

  private static final List<Size> SIZES =
      List.of(
          new Size("phone", 390, 844),
          new Size("tablet", 768, 1024),
          new Size("laptop", 1280, 800),
          new Size("wide", 1920, 1080));

  @Test
  void inFourSizesAndBothThemes() throws IOException {
    Files.createDirectories(TARGET);
    List<String> tooWide = new ArrayList<>();
    try (Chromium chromium = new Chromium()) {
      for (Size size : SIZES) {
        for (ColorScheme theme : themes(size)) {
          try (Chromium.Tab tab = chromium.open(size.width(), size.height(), theme, true)) {
            Page page = tab.page();
            page.navigate(BuiltPage.FILE.toUri() + "#task=think-add&train.inner_epochs=2&update=12");
            shows(page, 12);
            String name = "playground-" + size.name() + "-" + theme.name().toLowerCase(Locale.ROOT);
            page.screenshot(
                new Page.ScreenshotOptions().setPath(TARGET.resolve(name + ".png")).setFullPage(!UPDATE));
            int width = (int) page.evaluate("() => document.documentElement.scrollWidth");
            if (width > size.width()) {
              tooWide.add(name + ": " + width);
            }
            tab.assertNoComplaint();
          }
        }
      }
    }
    assertEquals(List.of(), tooWide);
  }

  /** Both for the pictures of the pages; a look at every size is one of them. */
  private static List<ColorScheme> themes(Size size) {
    List<ColorScheme> both = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
    int one = SIZES.indexOf(size) % 2;
    return UPDATE ? both : both.subList(one, one + 1);
  }

  private static void shows(Page page, int update) {
    page.locator("#where", new Page.LocatorOptions().setHasText("update " + update)).waitFor();
    page.waitForTimeout(300); // transitions
  }

  /** One update token by token, then one after the other until it has learnt. */
  @Test
  void theAnimatedPictureOfReadme() throws IOException {
    if (!UPDATE) {
      assertTrue(Files.size(Path.of("docs", "screenshots", "playground.png")) > 0);
      return;
    }
    AnimatedPng animated = new AnimatedPng();
    try (Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(1280, 980, ColorScheme.LIGHT, true)) {
      Page page = tab.page();
      page.navigate(BuiltPage.FILE.toUri() + "#task=think-add&update=0");
      shows(page, 0);
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
    Files.write(TARGET.resolve("playground.png"), animated.bytes());
    assertTrue(Math.abs(animated.duration() - 20_000) < 2000, "" + animated.duration());
  }

  private static void press(Page page, String key, int millis, AnimatedPng animated)
      throws IOException {
    page.keyboard().press(key);
    page.waitForTimeout(400); // the update, and transitions
    animated.add(page.screenshot(), millis);
  }
}
