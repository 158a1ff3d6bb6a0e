package org.grpo4j.cli;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/**
 * The system's Chromium without a screen and without a network. Nothing is downloaded: {@code
 * -Dchromium=PATH} names one that is elsewhere.
 */
public final class Chromium implements AutoCloseable {

  private static final List<String> USUAL_PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private final Playwright playwright;
  private final Browser browser;

  public Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(List.of("--no-sandbox", "--font-render-hinting=none")));
  }

  private static Path executable() {
    String given = System.getProperty("chromium", "");
    List<String> places = given.isEmpty() ? USUAL_PLACES : List.of(given);
    for (String place : places) {
      if (Files.isExecutable(Path.of(place))) {
        return Path.of(place);
      }
    }
    throw new IllegalStateException(
        "chromium: needed at one of " + places + "; install it or give -Dchromium=PATH");
  }

  /** A window of this size. */
  public Tab open(int width, int height, ColorScheme theme, boolean offline) {
    return new Tab(
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(theme)
                .setOffline(offline)));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** A page, and whatever it complained of or asked the network for. */
  public static final class Tab implements AutoCloseable {

    /** No wait is a measurement: several browsers may share few processors. */
    private static final double MOST_MILLIS = 120_000;

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Tab(BrowserContext context) {
      this.context = context;
      context.setDefaultTimeout(MOST_MILLIS);
      this.page = context.newPage();
      page.onConsoleMessage(
          message -> {
            if (List.of("error", "warning").contains(message.type())) {
              complaints.add(message.type() + ": " + message.text());
            }
          });
      page.onPageError(complaints::add);
      page.onRequest(
          request -> {
            if (!request.url().startsWith("file:")
                && !request.url().startsWith("blob:")
                && !request.url().startsWith("http://127.0.0.1")) {
              complaints.add("request: " + request.url());
            }
          });
    }

    public Page page() {
      return page;
    }

    public void goTo(Path file) {
      page.navigate(file.toUri().toString());
    }

    /** Adds a script; also to a page whose policy allows only its own. */
    public void add(String script) {
      page.evaluate(script);
    }

    public void assertNoComplaint() {
      Assertions.assertEquals(List.of(), complaints);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
