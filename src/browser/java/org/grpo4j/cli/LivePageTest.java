package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.files.Ledger;
import org.grpo4j.experiment.files.LineFile;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.report.page.LiveServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page follows a run that is still writing: updates appear without anybody reloading. */
class LivePageTest {

  @TempDir Path runs;

  @Test
  void updatesAppearWhileTheyAreWritten() throws IOException {
    ReportedRun run = ReportedRun.train(runs, Path.of("experiments", "think-add.yaml"), 4);
    // The run as it was after two updates, as resume goes back; the rest is written while the page
    // looks.
    RunDirectory directory = RunDirectory.open(run.directory());
    List<Path> files = List.of(directory.metricsJsonLines(), directory.traceLines());
    List<List<String>> lines =
        List.of(Files.readAllLines(files.get(0)), Files.readAllLines(files.get(1)));
    try (Ledger ledger = Ledger.open(directory)) {
      ledger.goBack(Map.of("metrics.jsonl", 2, "trace/updates.jsonl", 2), List.of());
    }
    try (LiveServer server = new LiveServer(directory, 0);
        Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT, false)) {
      Page page = tab.page();
      page.navigate(server.address().toString());
      page.waitForFunction(LAST, "1");
      try (Ledger ledger = Ledger.open(directory)) {
        for (int f = 0; f < files.size(); f++) {
          try (LineFile file = ledger.lines(files.get(f))) {
            lines.get(f).subList(2, lines.get(f).size()).forEach(file::write);
          }
        }
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
