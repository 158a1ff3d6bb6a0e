package org.grpo4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.grpo4j.cli.Main;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.files.ConfigHash;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.sweep.PlannedRun;

/** Small runs, what they leave behind, and a command line. */
final class FewSumsRuns {

  private static final String EXPERIMENT =
      """
      name: few
      task: few-sums
      model: table
      workers: 1
      cold_start: {steps: 30, batch_size: 16, corpus_size: 200, peak_learning_rate: 0.1}
      train: {updates: 6, prompts: 4, group_size: 4, learning_rate: 0.05}
      evaluation: {every: 3, problems: 16, final_problems: 16, final_samples: 4}
      trace: {groups: 1}
      """;

  private FewSumsRuns() {}

  /** An experiment file with this text at its end. */
  static Path file(Path directory, String name, String more) throws IOException {
    return Files.writeString(directory.resolve(name + ".yaml"), EXPERIMENT + more);
  }

  static List<PlannedRun> planned(Path file, long seeds, String... settings) {
    return LongStream.rangeClosed(1, seeds)
        .mapToObj(
            seed -> {
              List<String> all = new ArrayList<>(List.of(settings));
              all.add("seed=" + seed);
              ExperimentConfig config = new ExperimentFiles(List.of()).read(file, all);
              return new PlannedRun("few", config, ConfigHash.of(config), seed == 1);
            })
        .toList();
  }

  /** The run directories by name without the time; each of them whole, and nothing half beside. */
  static Map<String, Path> whole(Path runs) throws IOException {
    TreeMap<String, Path> found = new TreeMap<>();
    try (Stream<Path> paths = Files.list(runs)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString();
        if (name.contains("__")) {
          assertEquals(List.of(), RunCheck.damage(RunDirectory.open(path)));
          assertEquals(null, found.put(name.replaceFirst("__[^_]*$", ""), path), name);
        }
      }
    }
    return found;
  }

  /** What a command has printed, after its exit code. */
  static String run(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
    int exitCode = Main.run(to, () -> false, List.of(arguments));
    return exitCode + " " + said.toString(StandardCharsets.UTF_8);
  }
}
