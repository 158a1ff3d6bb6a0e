package org.grpo4j.playground.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.run.TrainingJob;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine does what {@code train} does: every number of every update, to the last bit. */
class AgainstTrainTest {

  private static final int UPDATES = 4;

  private static final String COMMON =
      """
      name: both
      seed: 3
      workers: 1
      cold_start: {steps: 40, corpus_size: 300, batch_size: 16}
      train: {updates: 4, prompts: 4, group_size: 4, learning_rate: 2e-3, inner_epochs: 2, mini_batches: 2}
      trace: {groups: 4, gradients_every: 0}
      evaluation: {problems: 4, final_problems: 2, final_samples: 2}
      """;

  private static final String TABLE = COMMON + "task: few-sums\nmodel: {kind: table}\n";

  private static final String TRANSFORMER =
      COMMON + "task: think-add\nmodel: {kind: transformer, precision: plain-float}\n";

  private static final String GRPO =
      "objective: {kl: {kind: loss, coefficient: 0.05}, entropy_coefficient: 0.01}\n";

  private static final String PPO =
      """
      advantage: {kind: generalized, lambda: 0.9}
      critic: {kind: separate, learning_rate: 4e-3, value_clip: 0.2}
      """;

  private static final String HEAD =
      """
      advantage: {kind: generalized, lambda: 0.9}
      critic: {kind: value-head, value_coefficient: 0.3}
      """;

  private static final String LOOPHOLE =
      """
      advantage: leave-one-out
      reward:
        parts:
          - {name: last-digit, weight: 0.5}
          - {name: {kind: expression, expression: 'right - 0.1 * max(0, length - 4)'}}
      """;

  static Stream<String> configurations() {
    return Stream.of(
        TABLE + GRPO,
        TABLE + PPO,
        TABLE + LOOPHOLE,
        TRANSFORMER + GRPO,
        TRANSFORMER + PPO,
        TRANSFORMER + HEAD,
        TRANSFORMER + LOOPHOLE);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyNumberOfEveryUpdate(String yaml, @TempDir Path directory) throws IOException {
    ExperimentConfig config = ConfiguredRun.parse(yaml);
    RunDirectory trained = RunDirectory.open(train(config, directory));
    List<String> lines = trained.sealed().lines(trained.traceLines());
    PlaygroundRun run = new PlaygroundRun(ConfiguredRun.settings(config), Optional.empty());
    assertEquals(
        trained.sealed().json(trained.traceHeader()),
        ConfiguredRun.json(TraceTree.of(run.header(config.trace().groups()))));
    for (int u = 0; u < UPDATES; u++) {
      PlaygroundRun.Step step = run.update(config.trace().groups());
      assertEquals(
          Json.parse(lines.get(u)),
          ConfiguredRun.json(TraceTree.of(step.traced().orElseThrow())),
          "update " + u);
    }
  }

  private static Path train(ExperimentConfig config, Path directory) throws IOException {
    return new TrainingJob(config, directory, directory, () -> false, event -> {})
        .run()
        .directory()
        .path();
  }
}
