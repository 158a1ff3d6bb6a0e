package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.report.page.LiveServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page follows a run that is still writing: updates appear without anybody reloading. */
class LivePageTest {

  @TempDir Path directory;

  @Test
  void updatesAppearWhileTheyAreWritten() throws IOException {
    ReportedRun run = ReportedRun.train(directory, Path.of("experiments", "think-add.yaml"), 4);
    // The run as it was after two updates; the rest is written while the page looks.
    List<Path> files =
        List.of(
            run.directory().resolve("metrics.jsonl"),
            run.directory().resolve("trace").resolve("updates.jsonl"));
    List<List<String>> lines =
        List.of(Files.readAllLines(files.get(0)), Files.readAllLines(files.get(1)));
    for (int f = 0; f < files.size(); f++) {
      Files.write(files.get(f), lines.get(f).subList(0, 2));
    }
    Files.delete(run.directory().resolve("summary.json"));
    try (LiveServer server = LiveServer.start(RunDirectory.open(run.directory()), 0);
        Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, false)) {
      Page page = tab.page();
      page.navigate(server.address().toString());
      page.waitForFunction(LAST, "1");
      for (int f = 0; f < files.size(); f++) {
        Files.write(files.get(f), lines.get(f));
      }
      page.waitForFunction(LAST, "3");
      ReportPageTest.scrubTo(page, 3);
      List<DisplayedNumber> shown = DisplayedNumber.all(page);
      assertTrue(shown.size() > 50, "numbers shown: " + shown.size());
      assertEquals("0", page.getByTestId("badge").getAttribute("data-differing"));
      tab.assertNoComplaint();
    }
  }

  private static final String LAST =
      "last => document.querySelector('[data-testid=scrubber]')"
          + " && document.querySelector('[data-testid=scrubber]').max === last";
}
