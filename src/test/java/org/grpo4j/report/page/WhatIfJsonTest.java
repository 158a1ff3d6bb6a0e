package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.math.Explanation;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.objective.SurrogateTerm;
import org.grpo4j.whatif.Variants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page hands to the core is the algorithm the run was trained with. */
class WhatIfJsonTest {

  private static final Path EXPERIMENTS = Path.of("experiments");

  /** These look at more than one reward for each completion, REINFORCE++ at a penalty by token. */
  private static final Set<String> AS_TRACED =
      Set.of(
          "ppo.yaml",
          "ppo-value-head.yaml",
          "gdpo.yaml",
          "otb.yaml",
          "process-supervision.yaml",
          "reinforce-plus-plus.yaml",
          "sum-then-normalize.yaml");

  @TempDir Path temporary;

  static List<String> presets() throws IOException {
    try (Stream<Path> paths = Files.list(EXPERIMENTS.resolve("presets"))) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** Somebody's own classes: the page takes advantages from the trace, and offers no what-if. */
  @Test
  void whatTheCoreDoesNotHaveIsNotHandedOver() {
    ObjectNode run = Json.object();
    WhatIfJson.put(run, Optional.empty(), GrpoObjective.standard(), false);
    assertEquals("as-traced", run.at("/what_if/advantage/estimator").asText());
    assertEquals("clip", run.at("/what_if/objective/surrogate").asText());
    ObjectNode other = Json.object();
    GrpoObjective own =
        GrpoObjective.of(
            new Own(), new RatioLevel.TokenRatio(), Aggregation.sequenceMeanTokenMean());
    WhatIfJson.put(other, Optional.of(GroupRelativeAdvantage.standard()), own, false);
    assertEquals(Json.object(), other);
  }

  private record Own() implements Surrogate {

    @Override
    public SurrogateTerm term(double logProb, double ratio, double advantage) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Explanation explain(double logProb, double ratio, double advantage) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void everyPresetIsHandedOverAsItIs(String preset) throws IOException {
    ExperimentConfig config = config(preset);
    ObjectNode run = Json.object();
    GrpoObjective objective = config.objective().objective();
    boolean penaltyInReward = config.objective().kl().inReward().isPresent();
    WhatIfJson.put(run, Optional.of(config.advantage()), objective, penaltyInReward);
    Optional<AdvantageEstimator> expected =
        AS_TRACED.contains(preset)
            ? Optional.empty()
            : Optional.of(config.advantage().weighted(config.reward().weights()));
    assertEquals(expected, Variants.estimator(VariantsTest.values(run.at("/what_if/advantage"))));
    assertEquals(objective, Variants.objective(VariantsTest.values(run.at("/what_if/objective"))));
  }

  private ExperimentConfig config(String preset) throws IOException {
    Path file = temporary.resolve("mine.yaml");
    Files.writeString(file, "extends: [think-add.yaml, presets/" + preset + "]\nname: mine\n");
    return new ExperimentFiles(List.of(EXPERIMENTS)).read(file, List.of());
  }
}
