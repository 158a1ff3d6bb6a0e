package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes pictures of the page in four sizes and both themes, into {@code
 * target/browser/screenshots}; with {@code -Dscreenshots.update=true} of the default run, into
 * {@code docs/screenshots}.
 */
class ScreenshotsTest {

  private static final boolean UPDATE = Boolean.getBoolean("screenshots.update");

  /** The innermost elements that reach beyond the window, or beyond a column that hides them. */
  private static final String WIDEST =
      "() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right >"
          + " document.documentElement.clientWidth + 1).map(e => e.tagName + '.' +"
          + " e.getAttribute('class')).slice(0, 12).join(' ')";

  /** A window as people have it. */
  private record Size(String name, int width, int height) {}

  private static final List<Size> SIZES =
      List.of(
          new Size("phone", 390, 844),
          new Size("tablet", 768, 1024),
          new Size("laptop", 1280, 800),
          new Size("wide", 1920, 1080));

  @TempDir Path directory;

  @Test
  void inFourSizesAndBothThemes() throws IOException {
    ReportedRun run =
        UPDATE
            ? ReportedRun.trainDefault(directory)
            : ReportedRun.train(directory, Path.of("experiments", "think-add.yaml"), 6);
    Path target =
        Files.createDirectories(
            UPDATE ? Path.of("docs", "screenshots") : Path.of("target", "browser", "screenshots"));
    List<String> problems = new ArrayList<>();
    try (Chromium chromium = new Chromium()) {
      for (Size size : SIZES) {
        for (ColorScheme theme : themes(size)) {
          try (Chromium.Tab tab = chromium.open(size.width(), size.height(), theme, true)) {
            tab.goTo(run.report());
            picture(tab.page(), size, theme, target, problems);
            tab.assertNoComplaint();
          }
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

  private static void picture(
      Page page, Size size, ColorScheme theme, Path target, List<String> problems) {
    String name = size.name() + "-" + theme.name().toLowerCase(Locale.ROOT);
    if (!UPDATE) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(target.resolve(name + ".png")).setFullPage(true));
    } else {
      page.screenshot(new Page.ScreenshotOptions().setPath(target.resolve(name + "-top.png")));
    }
    ReportPageTest.scrubTo(page, UPDATE ? 20 : 3);
    mostHeldBack(page).click();
    page.getByTestId("groups").first().scrollIntoViewIfNeeded();
    page.getByTestId("group").first().evaluate("e => e.scrollIntoView({block: 'start'})");
    page.waitForTimeout(300); // transitions
    page.screenshot(new Page.ScreenshotOptions().setPath(target.resolve(name + "-update.png")));
    check(page, name, problems);
  }

  /** Of the first group's third tokens the one that is pushed down hardest: a wrong digit. */
  private static Locator mostHeldBack(Page page) {
    Locator thirdTokens =
        page.getByTestId("group").first().locator("[data-testid=token][data-token='2']");
    Locator found = thirdTokens.first();
    for (Locator token : thirdTokens.all()) {
      found = coefficient(token) > coefficient(found) ? token : found;
    }
    return found;
  }

  private static double coefficient(Locator token) {
    return Double.parseDouble(token.getAttribute("data-value"));
  }

  /** A page that scrolls sideways is broken on a phone. */
  private static void check(Page page, String name, List<String> problems) {
    int width = (int) page.evaluate("() => document.documentElement.scrollWidth");
    int window = (int) page.evaluate("() => document.documentElement.clientWidth");
    if (width > window) {
      problems.add(
          name
              + ": "
              + width
              + " pixels wide in a window of "
              + window
              + ", because of "
              + page.evaluate(WIDEST));
    }
    for (String leak : List.of("undefined", "NaN", "[object")) {
      if (page.locator("body").innerText().contains(leak)) {
        problems.add(name + ": the page says " + leak);
      }
    }
  }
}
