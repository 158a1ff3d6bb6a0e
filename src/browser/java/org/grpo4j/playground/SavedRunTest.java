package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.grpo4j.cli.Chromium;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.run.Replay;
import org.grpo4j.report.page.ReportPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that a page has saved is a run directory: the JVM does its updates again to the bits. */
class SavedRunTest {

  private static Chromium chromium;

  @BeforeAll
  static void open() {
    chromium = new Chromium();
  }

  @AfterAll
  static void close() {
    chromium.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task=few-sums&update=6|0|7",
        "task=think-add&train.inner_epochs=2&update=4|0|5",
        "task=think-add&objective.beta=0.05&advantage.estimator=leave-one-out&update=3|0|4",
        "task=few-sums&reward=expression&expression=right+-+0.1+*+length&update=3|0|4",
        "task=few-sums&critic.kind=separate&train.group_size=1&update=5|0|6",
        "task=few-sums&update=7&then=4;train.learning_rate:0.02;objective.clipHigh:0.3|4|8"
      })
  void replayHasTheSameBits(String address, int from, int updates, @TempDir Path directory)
      throws IOException {
    try (Chromium.Tab tab = chromium.open(1280, 800, ColorScheme.LIGHT, true)) {
      Page page = tab.page();
      page.navigate(BuiltPage.FILE.toUri() + "#" + address);
      page.locator("#where", new Page.LocatorOptions().setHasText("update " + (updates - 1)))
          .waitFor();
      Download saved = page.waitForDownload(() -> page.getByTestId("save-run").click());
      unzip(saved, directory);
      tab.assertNoComplaint();
    }
    Path unpacked;
    try (var runs = Files.list(directory)) {
      unpacked = runs.findFirst().orElseThrow();
    }
    RunDirectory run = RunDirectory.open(unpacked);
    assertEquals(List.of(), RunCheck.damage(run));
    assertTrue(ReportPage.of(List.of(run)).contains("<html"));
    try (Replay replay = Replay.open(run, 1)) {
      assertEquals(updates - from, replay.updates().size());
      replay.before(from);
      for (int u = from; u < updates; u++) {
        assertEquals(List.of(), replay.next().differences(), address + ", update " + u);
      }
    }
  }

  private static void unzip(Download saved, Path directory) throws IOException {
    try (InputStream file = saved.createReadStream();
        ZipInputStream in = new ZipInputStream(file)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path path = directory.resolve(entry.getName());
        Files.createDirectories(path.getParent());
        Files.write(path, in.readAllBytes());
      }
    }
  }
}
