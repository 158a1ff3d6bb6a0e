package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.experiment.config.Chosen;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.objective.AdaptiveEntropyWeight;
import org.grpo4j.objective.AdaptiveKlWeight;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.reward.CorrectnessReward;
import org.grpo4j.train.ColdStartSettings;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.WeightControllers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFilesTest {

  private static final Path EXPERIMENTS = Path.of("experiments");
  private static final Path THINK_ADD = EXPERIMENTS.resolve("think-add.yaml");

  @TempDir Path directory;

  private final ExperimentFiles files = new ExperimentFiles(List.of(EXPERIMENTS));

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> paths = Files.list(EXPERIMENTS)) {
      return paths
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("r1.yaml")) // a definition of several
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shippedExperimentsReadAndTheirNameIsTheirFile(Path file) {
    ExperimentConfig config = files.read(file, List.of());
    assertEquals(file.getFileName().toString(), config.name() + ".yaml");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void writtenAndReadAgainIsEqual(Path file) throws IOException {
    ExperimentConfig config = files.read(file, List.of("train.max_gradient_norm=none"));
    Path copy = directory.resolve("config.yaml");
    Files.writeString(copy, ConfigWriter.write(config));
    assertEquals(config, files.read(copy, List.of()));
  }

  @Test
  void theMainJobHasTheSettingsOfTheRecipes() {
    ExperimentConfig config = files.read(THINK_ADD, List.of());
    assertEquals(
        new ModelConfig.Transformer(48, 1, 4, 192, Precision.FAST_FLOAT, Optional.empty()),
        config.model());
    assertEquals(
        new ColdStartSettings(
            2750, 64, 20_000, 6e-3, 20, 0.1, new AdamSettings(0.9, 0.99, 1e-8), 1),
        config.coldStart());
    assertEquals(
        new GrpoSettings(
            200, 32, 8, 1.0, 1, 1, 1.5e-3, 5, new AdamSettings(0.9, 0.95, 1e-8), 1, 0, 1),
        config.train());
  }

  @Test
  void theCommandLineComesOnTop() {
    ExperimentConfig config =
        files.read(
            THINK_ADD,
            List.of(
                "train.group_size=16",
                "train.adam.beta2=0.999",
                "cold_start.adam.beta1=0.8",
                "objective.surrogate.clip_high=0.28",
                "objective.kl={kind: loss, coefficient: 1e-3}",
                "reward.parts=[{name: correct, weight: 2}]",
                "model.kind=lstm"));
    assertEquals(16, config.train().groupSize());
    assertEquals(0.999, config.train().adam().beta2());
    assertEquals(new AdamSettings(0.8, 0.99, 1e-8), config.coldStart().adam());
    assertEquals(new ClippedSurrogate(0.2, 0.28), config.objective().surrogate());
    assertEquals(
        new KlConfig.InLoss(KlPenalty.of(1e-3, KlEstimator.K3), Optional.empty()),
        config.objective().kl());
    assertEquals(
        List.of(new RewardConfig.Part(new Chosen<>(CorrectnessReward.class, List.of()), 2, "all")),
        config.reward().parts());
    assertInstanceOf(ModelConfig.Lstm.class, config.model());
  }

  @Test
  void controllersOfCoefficientsAreSettings() {
    ExperimentConfig config =
        files.read(
            THINK_ADD,
            List.of(
                "objective.kl={kind: loss, controller: {kind: adaptive, target: 0.03}}",
                "objective.entropy_controller={kind: adaptive, target: 0.3, max: 0.1}",
                "train.reference_refresh_every=5",
                "train.reference_refresh_share=0.6"));
    assertEquals(
        WeightControllers.NONE
            .withKl(new AdaptiveKlWeight(0.03, 10_000))
            .withEntropy(new AdaptiveEntropyWeight(0.3, 0.005, 0, 0.1)),
        config.objective().controllers());
    for (String wrong :
        List.of(
            "objective.kl={kind: loss, coefficient: 0, controller: adaptive}",
            "objective.kl={kind: reward, controller: {kind: adaptive, horizon: 51.2}}",
            "objective.entropy_controller={kind: adaptive, min: 0.2, max: 0.1}",
            "train.reference_refresh_share=0")) {
      assertThrows(ConfigException.class, () -> files.read(THINK_ADD, List.of(wrong)), wrong);
    }
  }

  @Test
  void aFileOnTopOfAnotherChangesOnlyWhatItSays() throws IOException {
    Path file = directory.resolve("mine.yaml");
    Files.writeString(file, "extends: think-add.yaml\nname: mine\ntrain:\n  group_size: 4\n");
    ExperimentConfig base = files.read(THINK_ADD, List.of());
    ExperimentConfig mine = files.read(file, List.of());
    assertEquals(4, mine.train().groupSize());
    assertEquals(base.train().promptsPerUpdate(), mine.train().promptsPerUpdate());
    assertEquals(base.objective(), mine.objective());
  }

  @Test
  void anErrorInTheBaseFileNamesTheBaseFile() throws IOException {
    Files.writeString(directory.resolve("base.yaml"), "task: think-add\nseed: -3\n");
    Path file = directory.resolve("top.yaml");
    Files.writeString(file, "extends: base.yaml\nname: top\n");
    ConfigException error = assertThrows(ConfigException.class, () -> files.read(file, List.of()));
    assertTrue(error.getMessage().contains("base.yaml:2: seed: "), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.group_size",
        "=3",
        "train..group_size=3",
        "train.group_size=",
        "train.group_size=0",
        "train.group_size=eight",
        "train.group_siz=8",
        "train.group_size=[8",
        "train=8",
        "name.first=8",
        "objective.surrogate=*x"
      })
  void settingsFromTheCommandLineAreCheckedTheSame(String setting) {
    ConfigException error =
        assertThrows(ConfigException.class, () -> files.read(THINK_ADD, List.of(setting)));
    assertEquals(1, error.problems().size());
    assertTrue(error.getMessage().startsWith("--set " + setting), error.getMessage());
  }
}
