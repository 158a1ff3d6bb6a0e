package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.run.Algorithm;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.Tasks;
import org.grpo4j.train.PpoTrainer;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The presets: every named algorithm is a fragment of a file, on top of any task. */
class PresetsTest {

  private static final Path EXPERIMENTS = Path.of("experiments");

  @TempDir Path directory;

  private final ExperimentFiles files = new ExperimentFiles(List.of(EXPERIMENTS));

  static List<String> presets() throws IOException {
    try (Stream<Path> paths = Files.list(EXPERIMENTS.resolve("presets"))) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private ExperimentConfig onTop(String preset, List<String> settings) throws IOException {
    Path file = directory.resolve("mine.yaml");
    Files.writeString(
        file, "extends: [digit-sum-mod10.yaml, presets/" + preset + "]\nname: mine\n");
    return files.read(file, settings);
  }

  @Test
  void everyAlgorithmOfTheFamilyHasOne() throws IOException {
    List<String> names = presets();
    for (String name :
        List.of(
            "grpo-deepseekmath",
            "grpo-r1",
            "dr-grpo",
            "dapo",
            "bnpo",
            "gspo",
            "cispo",
            "sapo",
            "rloo",
            "remax",
            "reinforce",
            "reinforce-plus-plus",
            "ppo",
            "ppo-value-head",
            "as-trl",
            "as-verl",
            "as-cs336",
            "as-openrlhf")) {
      assertTrue(names.contains(name + ".yaml"), name);
    }
  }

  /** Reads, is written and read again, and makes two updates on a small task. */
  @ParameterizedTest
  @MethodSource("presets")
  void onTopOfATaskItTrains(String preset) throws IOException {
    ExperimentConfig config =
        onTop(preset, List.of("model={kind: transformer, width: 8, heads: 2, feed_forward: 8}"));
    Path copy = directory.resolve("config.yaml");
    Files.writeString(copy, ConfigWriter.write(config));
    assertEquals(config, files.read(copy, List.of()));

    TaskSource task = Tasks.byName(config.task());
    RandomStreams streams = new RandomStreams(1);
    try (Workers workers = new Workers(1)) {
      Policy policy =
          config.critic().prepare(config.model().create(task, streams, workers), 1, workers);
      Trainer trainer = new Algorithm(config, task, streams, false).trainer(policy, workers);
      UpdateTrace first = trainer.update(0);
      UpdateTrace second = trainer.update(1);
      assertEquals(
          UpdateMetrics.of(first).named().keySet(), UpdateMetrics.of(second).named().keySet());
      assertEquals(
          config.train().innerEpochs() * config.train().miniBatches(), second.steps().size());
      assertEquals(config.critic().isPresent(), trainer instanceof PpoTrainer);
    }
  }

  @Test
  void aValueHeadComesOnTopOfPpo() throws IOException {
    ExperimentConfig config = onTop("ppo-value-head.yaml", List.of());
    assertInstanceOf(CriticConfig.ValueHead.class, config.critic());
    assertInstanceOf(AdvantageConfig.Generalized.class, config.advantage());
  }

  @Test
  void aCriticAndTheGeneralizedAdvantageGoTogether() {
    assertThrows(ConfigException.class, () -> onTop("ppo.yaml", List.of("critic=none")));
    assertThrows(ConfigException.class, () -> onTop("rloo.yaml", List.of("critic=value-head")));
    assertThrows(ConfigException.class, () -> onTop("ppo.yaml", List.of("model=table")));
  }
}
