package org.grpo4j.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.rollout.Sequence;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every preset end to end: the objective that the file describes, from logits to loss and back, by
 * differences of the loss.
 */
class PresetGradientTest {

  private static final Path EXPERIMENTS = Path.of("experiments");

  @TempDir Path directory;

  static List<String> presets() throws IOException {
    try (Stream<Path> paths = Files.list(EXPERIMENTS.resolve("presets"))) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void gradientIsTheDerivativeOfTheLoss(String preset) throws IOException {
    Path file = directory.resolve("mine.yaml");
    Files.writeString(
        file, "extends: [digit-sum-mod10.yaml, presets/" + preset + "]\nname: mine\n");
    GrpoObjective objective =
        new ExperimentFiles(List.of(EXPERIMENTS)).read(file, List.of()).objective().objective();
    TabularPolicy policy = TinyPolicies.letters(3);
    List<Sequence> rows = GradientCheck.rows(TinyPolicies.PROMPTS);
    boolean constantWeight = !Double.isNaN(objective.surrogate().stopWeight(1, 1));
    GradientCheck check =
        constantWeight
            ? GradientCheck.ofStopGradient(policy, rows, objective)
            : GradientCheck.of(policy, rows, objective);
    check.checkAll();
  }
}
