package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.cli.Cli;

/** Trainings of less than a tenth of a second, through the command line. */
final class TinyRuns {

  /** What is trained: everything that writes is on, nothing else is large. */
  enum Kind {
    GRPO(""),
    PPO(
        "advantage: generalized\ncritic: separate\n"
            + "sampler: {kind: other, updates_behind: 2, weights: bfloat16}\n");

    private final String settings;

    Kind(String settings) {
      this.settings = settings;
    }

    String yaml() {
      return """
      name: tiny
      task: few-sums
      model: {width: 4, heads: 1, feed_forward: 4}
      workers: 1
      cold_start: {steps: 4, batch_size: 4, corpus_size: 16}
      train: {updates: 4, prompts: 2, group_size: 4, inner_epochs: 2, reference_refresh_every: 3}
      reward: {parts: [{name: character-credit}]}
      objective:
        kl: {kind: loss, controller: {kind: adaptive, target: 0.001, horizon: 100}}
        entropy_controller: {kind: adaptive, target: 2, increment: 0.01}
      evaluation: {every: 2, problems: 4, final_problems: 2, final_samples: 2, examples: 1}
      checkpoints: {every: 2}
      trace: {groups: 1}
      """
          + settings;
    }
  }

  private TinyRuns() {}

  /** Writes the experiment into {@code directory}. */
  static Path experiment(Path directory, Kind kind) throws IOException {
    Path file = directory.resolve("tiny-" + kind + ".yaml");
    return Files.exists(file) ? file : Files.writeString(file, kind.yaml());
  }

  static Cli train(FileSystem files, Path experiment, Path runs, String... settings) {
    List<String> words = new ArrayList<>(List.of("train", experiment.toString()));
    words.addAll(List.of("--out", runs.toString(), "--quiet"));
    Stream.of(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
    return Cli.run(files, words.toArray(String[]::new));
  }

  static Cli resume(FileSystem files, Path run) {
    return Cli.run(files, "train", "--resume", run.toString(), "--quiet");
  }

  /** A run that nothing happens to. */
  static Path whole(Path experiment, Path runs, String... settings) throws IOException {
    Cli train = train(FileSystems.getDefault(), experiment, runs, settings);
    if (train.exitCode() != 0) {
      throw new AssertionError("cannot even train: " + train.err());
    }
    return run(runs).orElseThrow();
  }

  /** The only run of a directory, if there is one. */
  static Optional<Path> run(Path runs) throws IOException {
    if (!Files.isDirectory(runs)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(path -> !path.getFileName().toString().startsWith(".")).findFirst();
    }
  }
}
