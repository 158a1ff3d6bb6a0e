package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.NormalizeThenSum;
import org.grpo4j.advantage.StepRewards;
import org.grpo4j.advantage.SumThenNormalize;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.run.RunSetup;
import org.grpo4j.experiment.run.TrainerFactory;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
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

  /** What is no column, so that a preset need not say it. */
  private static final List<String> NO_COLUMNS =
      List.of(
          "dynamic_sampling=none",
          "objective.covariance=none",
          "train.reference_refresh_every=0",
          "train.group_size=8");

  private static final List<String> EVERY_KIND = new ArrayList<>();

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
            "gmpo",
            "luspo",
            "vespo",
            "gdpo",
            "sum-then-normalize",
            "process-supervision",
            "rloo",
            "remax",
            "reinforce",
            "reinforce-plus-plus",
            "ppo",
            "ppo-value-head",
            "maxrl",
            "rft",
            "scalerl",
            "deepseek-v3.2",
            "dppo-tv",
            "dppo-kl",
            "pass-at-k",
            "otb",
            "clip-cov",
            "kl-cov",
            "as-nemo-rl",
            "as-prime-rl",
            "as-dl4j",
            "as-trl",
            "as-verl",
            "as-cs336",
            "as-openrlhf")) {
      assertTrue(names.contains(name + ".yaml"), name);
    }
  }

  /** A preset names what it chooses in every column, so that no choice of one under it is left. */
  @ParameterizedTest
  @MethodSource("presets")
  void onTopOfAnotherItLeavesNoColumnOfThatOne(String preset) throws IOException {
    ExperimentConfig alone = onTop(preset, NO_COLUMNS);
    for (String under : ofEveryKind()) {
      Path file = directory.resolve("both.yaml");
      Files.writeString(
          file,
          "extends: [digit-sum-mod10.yaml, presets/%s, presets/%s]\nname: mine\n"
              .formatted(under, preset));
      ExperimentConfig both = files.read(file, NO_COLUMNS);
      assertEquals(columns(alone), columns(both), preset + " on " + under);
    }
  }

  /** Presets that together choose whatever any preset chooses in a column. */
  private List<String> ofEveryKind() throws IOException {
    if (EVERY_KIND.isEmpty()) {
      Set<Class<?>> seen = new HashSet<>();
      for (String preset : presets()) {
        if (seen.addAll(columns(onTop(preset, NO_COLUMNS)))) {
          EVERY_KIND.add(preset);
        }
      }
    }
    return EVERY_KIND;
  }

  private static List<Class<?>> columns(ExperimentConfig config) {
    ObjectiveConfig objective = config.objective();
    return List.of(
        config.advantage().getClass(),
        objective.surrogate().getClass(),
        objective.ratioLevel().getClass(),
        objective.aggregation().getClass(),
        objective.kl().getClass(),
        config.critic().getClass());
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

    TaskSource task = config.task().make();
    RandomStreams streams = new RandomStreams(1);
    try (Workers workers = new Workers(1)) {
      Policy policy =
          config.critic().prepare(config.model().create(task, streams, workers), 1, workers);
      Trainer trainer =
          new TrainerFactory(RunSetup.of(config, workers, Path.of("")), false).trainer(policy);
      UpdateTrace first = trainer.update(0);
      UpdateTrace second = trainer.update(1);
      assertEquals(
          UpdateMetrics.of(first).named().keySet(), UpdateMetrics.of(second).named().keySet());
      assertEquals(
          config.train().innerEpochs() * config.train().miniBatches(), second.steps().size());
      assertEquals(config.critic().isPresent(), trainer instanceof PpoTrainer);
    }
  }

  static List<String> presetsWithoutCritic() throws IOException {
    return presets().stream().filter(preset -> !preset.startsWith("ppo")).toList();
  }

  /**
   * A table learns with each of them: three updates with two steps each, all numbers finite. So
   * many prompts that an even table finds a right answer by chance.
   */
  @ParameterizedTest
  @MethodSource("presetsWithoutCritic")
  void aTableTrainsWithIt(String preset) throws IOException {
    ExperimentConfig config =
        onTop(
            preset,
            List.of(
                "model=table", "train.prompts=96", "train.inner_epochs=2", "train.mini_batches=1"));
    TaskSource task = config.task().make();
    RandomStreams streams = new RandomStreams(1);
    try (Workers workers = new Workers(1);
        Policy policy = config.model().create(task, streams, workers)) {
      DoubleVector before = policy.parameters();
      Trainer trainer =
          new TrainerFactory(RunSetup.of(config, workers, Path.of("")), false).trainer(policy);
      for (int update = 0; update < 3; update++) {
        for (UpdateTrace.OptimizerStep step : trainer.update(update).steps()) {
          assertTrue(Double.isFinite(step.objective().loss()));
        }
      }
      assertEquals(6, policy.version());
      assertNotEquals(before, policy.parameters());
    }
  }

  /** On tasks that judge thoughts every symbol of the thought is a step. */
  @Test
  void processSupervisionRewardsTheStepsOfAThought() throws IOException {
    ExperimentConfig config =
        onTop(
            "process-supervision.yaml",
            List.of(
                "task=chain", "model={kind: transformer, width: 8, heads: 2, feed_forward: 8}"));
    TaskSource task = config.task().make();
    RandomStreams streams = new RandomStreams(1);
    try (Workers workers = new Workers(1);
        Policy policy = config.model().create(task, streams, workers)) {
      Trainer trainer =
          new TrainerFactory(RunSetup.of(config, workers, Path.of("")), false).trainer(policy);
      UpdateTrace trace = trainer.update(0);
      StepRewards steps = trace.advantages().inputs().steps().orElseThrow();
      for (int i = 0; i < steps.rewards().rows(); i++) {
        int last = steps.rewards().length(i) - 1;
        assertEquals(trace.rewards().get(i).total(), steps.rewards().get(i, last));
        assertEquals(
            trace.rollout().completions().get(i).length() - 1, steps.lastTokens().get(i, last));
      }
    }
  }

  @Test
  void rulesAreNormalizedInBothOrders() throws IOException {
    RewardConfig reward = onTop("gdpo.yaml", List.of()).reward();
    assertEquals(DoubleVector.of(1, 0.5), reward.weights());
    assertEquals(
        DoubleVector.of(1, 0.5, 1),
        onTop("gdpo.yaml", List.of("reward.overlong=linear")).reward().weights());
    GroupRelativeAdvantage each = GroupRelativeAdvantage.standard();
    assertEquals(
        new NormalizeThenSum(reward.weights(), each, Whitening.addedToDeviation(1e-4)),
        onTop("gdpo.yaml", List.of()).advantage().weighted(reward.weights()));
    assertEquals(
        new SumThenNormalize(reward.weights(), each),
        onTop("sum-then-normalize.yaml", List.of()).advantage().weighted(reward.weights()));
  }

  @Test
  void partsOfRewardsKnowNothingOfAPenaltyInTheReward() {
    for (String preset :
        List.of("gdpo.yaml", "sum-then-normalize.yaml", "process-supervision.yaml")) {
      assertThrows(
          ConfigException.class, () -> onTop(preset, List.of("objective.kl=reward")), preset);
    }
  }

  @Test
  void aValueHeadComesOnTopOfPpo() throws IOException {
    ExperimentConfig config = onTop("ppo-value-head.yaml", List.of());
    assertInstanceOf(CriticConfig.ValueHead.class, config.critic());
    assertInstanceOf(GeneralizedAdvantage.class, config.advantage());
  }

  @Test
  void aCriticAndTheGeneralizedAdvantageGoTogether() {
    assertThrows(ConfigException.class, () -> onTop("ppo.yaml", List.of("critic=none")));
    assertThrows(ConfigException.class, () -> onTop("rloo.yaml", List.of("critic=value-head")));
    assertThrows(ConfigException.class, () -> onTop("ppo-value-head.yaml", List.of("model=table")));
  }
}
