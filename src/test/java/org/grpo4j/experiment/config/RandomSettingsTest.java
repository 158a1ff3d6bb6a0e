package org.grpo4j.experiment.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.run.TrainingJob;
import org.grpo4j.policy.NonFiniteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the settings, a run is refused before it begins, with a key, or trains, or says that a
 * number was not finite; it never ends with an error that nobody expected.
 */
class RandomSettingsTest {

  private static final int EXPERIMENTS = 300;

  /** Of those that are not refused so many are run; the others take too long for what they show. */
  private static final int RUNS = 40;

  @TempDir Path directory;

  @Test
  void nothingEndsUnexpected() throws IOException {
    int refused = 0;
    for (int seed = 1; seed <= EXPERIMENTS; seed++) {
      String text = new RandomSettings(seed).file();
      Optional<ExperimentConfig> config = read(text);
      if (config.isPresent() && seed - refused <= RUNS) {
        run(config.get(), text);
      } else if (config.isEmpty()) {
        refused++;
      }
    }
    assertTrue(
        refused >= 50 && refused <= EXPERIMENTS - RUNS,
        refused + " of " + EXPERIMENTS + " were refused");
  }

  private Optional<ExperimentConfig> read(String text) throws IOException {
    Path file = directory.resolve("fuzz.yaml");
    Files.writeString(file, text);
    try {
      return Optional.of(new ExperimentFiles(List.of()).read(file, List.of()));
    } catch (ConfigException e) {
      for (ConfigProblem problem : e.problems()) {
        assertFalse(problem.path().isEmpty(), () -> problem + "\n" + text);
      }
      return Optional.empty();
    }
  }

  private void run(ExperimentConfig config, String text) {
    try {
      Path home = Path.of("").toAbsolutePath();
      new TrainingJob(config, directory, home, () -> false, event -> {}).run();
    } catch (ConfigException | NonFiniteException e) {
      // Both say what is wrong; the second cannot be known before.
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("unexpected " + e + " with\n" + text, e);
    }
  }
}
