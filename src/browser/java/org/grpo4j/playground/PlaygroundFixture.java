package org.grpo4j.playground;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.grpo4j.cli.Chromium;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The playground's page in a browser, and ways to drive it. */
final class PlaygroundFixture implements AutoCloseable, AfterAllCallback {

  /** Until the page rests at an update, and its stage is drawn. */
  private static final String RESTS =
      "update => document.querySelector('[data-testid=where]').textContent.trim() === 'update ' +"
          + " update && document.querySelector('#play').textContent.includes('Play') &&"
          + " document.querySelector('#stage-heading').textContent.startsWith('Update ' + update)";

  /** Until the page has gone back to an update, and its stage is drawn. */
  private static final String WENT_BACK =
      "update => document.querySelector('#where').textContent.startsWith(`update ${update} of`) &&"
          + " document.querySelector('#stage-heading').textContent.startsWith('Update ' + update)";

  private final Chromium chromium = new Chromium();

  Chromium chromium() {
    return chromium;
  }

  /** The page in a window of its own, at the update that the address asks for. */
  Chromium.Tab open(String address) {
    return open(address, 1280, 800, ColorScheme.LIGHT);
  }

  Chromium.Tab open(String address, int width, int height, ColorScheme theme) {
    Chromium.Tab tab = chromium.open(width, height, theme, true);
    tab.page().navigate(BuiltPage.FILE.toUri() + address);
    tab.page().getByTestId("scene").first().waitFor();
    return tab;
  }

  /** Waits until an update is shown and nothing plays. */
  static void restsAt(Page page, int update) {
    page.waitForFunction(RESTS, update);
  }

  /** Waits until an update is shown that is not the last. */
  static void wentBackTo(Page page, int update) {
    page.waitForFunction(WENT_BACK, update);
  }

  /** All that the stage shows of the update: texts, rewards and pushes. */
  static String stage(Page page) {
    return page.getByTestId("scene").first().innerText();
  }

  /** As an extension of a class of tests it lasts as long as they do. */
  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    chromium.close();
  }
}
