package org.grpo4j.playground.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.run.Replay;
import org.grpo4j.experiment.run.ReplayedUpdate;
import org.grpo4j.report.page.ReportPage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedRunTest {

  private static final int UPDATES = 8;

  @ParameterizedTest
  @CsvSource({"0,0", "0,5", "1,0", "1,6", "3,0", "4,3", "5,6"})
  void replayOfTheDirectoryHasTheSameBits(int which, int from, @TempDir Path directory)
      throws IOException {
    String yaml = AgainstTrainTest.configurations().toList().get(which);
    ExperimentConfig config = ConfiguredRun.parse(yaml);
    PlaygroundRun run = new PlaygroundRun(ConfiguredRun.settings(config), Optional.empty());
    StringBuilder lines = new StringBuilder();
    StringBuilder metrics = new StringBuilder();
    for (int u = 0; u < UPDATES; u++) {
      PlaygroundRun.Step step = run.update(2);
      if (u >= from) {
        lines.append(ConfiguredRun.json(TraceTree.of(step.traced().orElseThrow()))).append('\n');
        metrics.append(Json.object().put("update", u).put("updates_done", u + 1)).append('\n');
      }
    }
    assertEquals(0, run.unchangedSince());
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("config.yaml", yaml.replace("updates: 4", "updates: 100"));
    texts.put("manifest.json", "{}\n");
    texts.put("metrics.jsonl", metrics.toString());
    texts.put("trace/header.json", Json.pretty(ConfiguredRun.json(TraceTree.of(run.header(2)))));
    texts.put("trace/updates.jsonl", lines.toString());
    byte[] zip =
        run.files(from, "from-a-tab", texts, Set.of("metrics.jsonl", "trace/updates.jsonl"));
    assertEquals(UPDATES, run.updatesDone());
    unzip(zip, directory);
    RunDirectory unpacked = RunDirectory.open(directory.resolve("from-a-tab"));
    assertEquals(List.of(), RunCheck.damage(unpacked));
    assertTrue(ReportPage.of(List.of(unpacked)).contains("from-a-tab"));
    try (Replay replay = Replay.open(unpacked, 1)) {
      replay.before(from);
      for (int u = from; u < UPDATES; u++) {
        ReplayedUpdate again = replay.next();
        assertEquals(List.of(), again.differences(), "update " + u);
        assertEquals(u, again.update());
      }
    }
  }

  private static void unzip(byte[] zip, Path directory) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, in.readAllBytes());
      }
    }
  }
}
