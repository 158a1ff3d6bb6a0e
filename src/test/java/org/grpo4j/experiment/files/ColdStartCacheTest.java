package org.grpo4j.experiment.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.task.ListedTask;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.junit.jupiter.api.Test;

class ColdStartCacheTest {

  private static final Path RUNS = Path.of("runs");

  /** A task of one's own, before and after one has changed something about it. */
  private static final class Echo extends ListedTask {

    private final String shown;

    Echo(String answer, String shown) {
      super(List.of(new Problem("1=", answer)), Problem::prompt, 0, 3);
      this.shown = shown;
    }

    @Override
    public String demonstration(Problem problem, SplittableRandom random) {
      return shown;
    }
  }

  @Test
  void otherExamplesOrProblemsAreAnotherColdStart() {
    Path entry = entry(new Echo("1", "1"));
    assertEquals(entry, entry(new Echo("1", "1")));
    assertNotEquals(entry, entry(new Echo("1", "2")));
    assertNotEquals(entry, entry(new Echo("2", "1")));
  }

  private static Path entry(TaskSource task) {
    ExperimentConfig config =
        new ExperimentFiles(List.of()).read(Path.of("experiments/think-add.yaml"), List.of());
    return new ColdStartCache(RUNS, config, task).entry();
  }
}
