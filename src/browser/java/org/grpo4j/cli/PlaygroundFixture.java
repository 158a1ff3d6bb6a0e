package org.grpo4j.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.playground.PlaygroundPage;
import org.grpo4j.playground.ShippedStart;
import org.grpo4j.policy.Workers;

/** The playground's page with the engine that the build has made, and ways to drive it. */
final class PlaygroundFixture implements AutoCloseable {

  /** The policy that the page brings, if the build has made it already. */
  private static final Path SHIPPED = Path.of("target", "playground", "cold-start.bin");

  /** Until the page rests at an update. */
  private static final String RESTS =
      "update => document.querySelector('[data-testid=where]').textContent.trim() === 'update ' +"
          + " update && document.querySelector('#play').textContent.includes('Play')";

  private final Path file;
  private final Chromium chromium = new Chromium();

  /** Writes the page into {@code directory}; without an engine the tests are skipped. */
  PlaygroundFixture(Path directory) throws IOException {
    assumeTrue(
        PlaygroundPage.class.getResource("page/engine.wasm") != null, "only with -Pplayground");
    file = directory.resolve("index.html");
    Files.writeString(file, PlaygroundPage.made(shipped()));
  }

  private static byte[] shipped() throws IOException {
    if (Files.exists(SHIPPED)) {
      return Files.readAllBytes(SHIPPED);
    }
    try (Workers workers = new Workers(2)) {
      return ShippedStart.thinkAdd(workers, step -> {});
    }
  }

  Path file() {
    return file;
  }

  Chromium chromium() {
    return chromium;
  }

  /** The page in a window of its own, at the update that the address asks for. */
  Chromium.Tab open(String address) {
    return open(address, 1280, 800, ColorScheme.LIGHT);
  }

  Chromium.Tab open(String address, int width, int height, ColorScheme theme) {
    Chromium.Tab tab = chromium.open(width, height, theme, true);
    tab.page().navigate(file.toUri() + address);
    tab.page().getByTestId("scene").first().waitFor();
    return tab;
  }

  /** Waits until an update is shown and nothing plays. */
  static void restsAt(Page page, int update) {
    page.waitForFunction(RESTS, update);
  }

  /** All that the stage shows of the update: texts, rewards and pushes. */
  static String stage(Page page) {
    return page.getByTestId("scene").first().innerText();
  }

  @Override
  public void close() {
    chromium.close();
  }
}
