package org.grpo4j.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.files.ConfigHash;
import org.junit.jupiter.api.Test;

class PlannedRunTest {

  @Test
  void anotherSeedIsWhatItsFileSaysWithThatSeed() {
    ExperimentFiles files = new ExperimentFiles(List.of(Path.of("experiments")));
    Map<String, String> stages = Map.of("zero", "0".repeat(64));
    for (String setting : List.of("start={kind: run, stage: zero}", "advantage=raw-reward")) {
      Path file = Path.of("experiments", "think-add.yaml");
      SweepEntry entry = new SweepEntry("a name", file, List.of(setting, "workers=1"));
      PlannedRun first = entry.plan(files, 1, stages);
      PlannedRun other = first.withSeed(12);
      assertTrue(first.isTraced());
      assertFalse(other.isTraced());
      assertEquals(12, other.seed());
      assertEquals(ConfigHash.of(other.config()), other.configHash());
      assertEquals(
          ConfigWriter.write(entry.plan(files, 12, stages).config()),
          ConfigWriter.write(other.config()));
    }
  }
}
