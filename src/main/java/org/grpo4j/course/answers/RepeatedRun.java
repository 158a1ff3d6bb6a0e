package org.grpo4j.course.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.SeedTable;
import org.grpo4j.experiment.sweep.ComparisonJob;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.grpo4j.experiment.sweep.ProcessSweep;
import org.grpo4j.experiment.sweep.SweepEntry;
import org.grpo4j.math.Numbers;

/**
 * One run of a hand-in, made again from its files in a directory that is deleted afterwards.
 *
 * @param directory of the hand-in
 * @param definition its question
 * @param variant which variant
 * @param seed of the run
 */
record RepeatedRun(Path directory, ExperimentDefinition definition, int variant, long seed) {

  private static final String QUESTION = "question.yaml";
  private static final long MOST_SECONDS = 120;

  /** The last bits may be others on another kind of machine. */
  private static final double TOLERANCE = 1e-9;

  /** The difference to the recorded number, if there is one. */
  Optional<String> differs(
      String measure, double recorded, ExperimentFiles files, JavaCommand command) {
    ExperimentDefinition.Variant wanted = definition.variants().get(variant);
    Path base = definition.baseFile(directory.resolve(QUESTION), wanted).normalize();
    if (!base.startsWith(directory.normalize()) || !Files.isRegularFile(base)) {
      return Optional.of("base: must be a file beside question.yaml, got " + base.getFileName());
    }
    try {
      Path runs = Files.createTempDirectory("grpo4j-again");
      try {
        return differs(measure, recorded, run(wanted, base, runs, files, command));
      } finally {
        AtomicFiles.deleteDirectory(runs);
      }
    } catch (IOException | ConfigException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private ComparisonJob.Result run(
      ExperimentDefinition.Variant wanted,
      Path base,
      Path runs,
      ExperimentFiles files,
      JavaCommand command)
      throws IOException {
    SweepEntry entry = new SweepEntry(wanted.name(), base, definition.settings(wanted));
    long begin = System.nanoTime();
    return new ComparisonJob(
            definition.question(),
            List.of(entry),
            List.of(seed),
            definition.allMeasures(),
            runs,
            1,
            true)
        .run(
            files,
            ProcessSweep.engine(command, 1),
            () -> System.nanoTime() - begin > MOST_SECONDS * 1_000_000_000L,
            event -> {});
  }

  private Optional<String> differs(String measure, double recorded, ComparisonJob.Result result) {
    if (result.comparison().isEmpty()) {
      return Optional.of("the run did not come to its end within " + MOST_SECONDS + " s");
    }
    String name = definition.variants().get(variant).name();
    double again =
        SeedTable.of(result.comparison().get())
            .numbers(measure, name)
            .getOrDefault(seed, Double.NaN);
    boolean same = Math.abs(again - recorded) <= TOLERANCE * Math.max(1, Math.abs(recorded));
    return same
        ? Optional.empty()
        : Optional.of(
            "the record says %s, the run made again has %s"
                .formatted(Numbers.brief(recorded), Numbers.brief(again)));
  }
}
