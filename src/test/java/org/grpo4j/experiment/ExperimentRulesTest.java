package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules between settings are found before anything runs, with their keys, all at once. */
class ExperimentRulesTest {

  private static final Path THINK_ADD = Path.of("experiments", "think-add.yaml");

  private final ExperimentFiles files = new ExperimentFiles(List.of());

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name=a b                                                       | name                            | must be letters, digits
          task=think                                                     | task                            | there is no kind think; did you mean think-add?
          model.heads=5                                                  | model.heads                     | must divide the width 48, got 5
          model=lstm; model.precision=fast-float                         | model.precision                 | must be reference-float
          train.mini_batches=257                                         | train.mini_batches              | must be at most prompts x group_size = 256
          train.prompts=65536; train.group_size=4096                     | train.group_size                | prompts x group_size must be at most
          critic=separate                                                | critic                          | must be none with this advantage
          advantage=generalized                                          | critic                          | must be there with this advantage
          advantage=generalized; critic=value-head; model=table          | critic                          | must be none or separate for a table
          advantage=generalized; critic=separate; model.experts=routed   | critic                          | must not be separate for a model with experts
          model.experts={kind: routed, active: 9}                        | model.experts.active            | must be at most the 8 experts there are, got 9
          model.experts={kind: routed, active: 1}                        | model.experts.active            | must be at least 2 and at most 256
          advantage=process-supervision; objective.kl=reward             | objective.kl                    | must be none or loss
          objective.kl={kind: loss, coefficient: 0, controller: adaptive}| objective.kl | must be positive with a controller
          objective.kl={kind: loss, controller: {kind: adaptive, horizon: 51}} | objective.kl.controller.horizon | must be more than a fifth of the 256
          objective.entropy_controller={kind: adaptive, min: 2, max: 1}  | objective.entropy_controller.max | must be at least min 2
          objective.surrogate={kind: cispo, min_ratio: 6}                | objective.surrogate.max_ratio   | must be at least minRatio 6
          objective.ratio_level={kind: bounded-product, lowest_sum: 0, highest_sum: 0}  | objective.ratio_level | must be greater than
          dynamic_sampling={kind: mean-in-range, low: 2}                 | dynamic_sampling.high           | must be greater than low 2
          dynamic_sampling={kind: mean-in-range, low: 1, high: 1}        | dynamic_sampling.high           | must be greater than low 1
          reward.overlong={kind: linear, cache: 10}                      | reward.overlong.cache           | must be from 1 to
          reward.parts=[{name: correct}, {name: correct}]                | reward.parts                    | each may occur once
          train.group_size=1                                             | train.group_size                | must be at least 2 with this advantage
          train.group_size=1; advantage=leave-one-out                    | train.group_size                | must be at least 2 with this advantage
          train.group_size=1; advantage=whitened-group-baseline          | train.group_size                | must be at least 2 with this advantage
          train.group_size=1; advantage=sum-then-normalize               | train.group_size                | must be at least 2 with this advantage
          train.group_size=1; advantage=normalize-then-sum               | train.group_size                | must be at least 2 with this advantage
          train.group_size=1; train.prompts=1; advantage=batch-mean      | train.group_size                | must be at least 2 with this advantage
          train.group_size=1; advantage=batch-mean; dynamic_sampling=rewards-differ | dynamic_sampling     | must be none or mean-in-range
          objective.covariance=kl                                        | objective.covariance            | has no effect without a KL penalty in the loss
          objective.covariance=kl; objective.kl=reward                   | objective.covariance            | has no effect without a KL penalty in the loss
          objective.covariance={kind: clip, low: 1, high: 1}             | objective.covariance.high       | must be greater than low 1
          objective.surrogate=dppo; objective.ratio_level=sequence       | objective.ratio_level           | must be token with surrogate dppo
          objective.sampler_correction_unit=sequence                     | objective.sampler_correction_unit | has no effect without a bound
          objective.sampler_correction_outside=mask                      | objective.sampler_correction_outside | has no effect without a bound
          sampler={kind: other, routing: sampler}                        | sampler.routing                 | must be own without experts
          sampler={kind: other, routing: old}; model.experts=routed      | sampler.routing                 | has no effect with one optimiser step
          sampler={kind: other, old: sampler}; objective.sampler_correction_bound=2 | sampler.old          | must be learner with a sampler correction
          truncation.max_new_tokens=10                                    | truncation.max_new_tokens       | must be at most the task's limit of 9
          truncation.top_p=0                                              | truncation.top_p                | must be more than 0
          truncation.top_k=2; teachers=[{stage: x}]; objective.kl={kind: exact} | truncation.keep_mask       | must be false with objective.kl: exact
          truncation.max_new_tokens=6; reward.overlong={kind: linear}     | truncation.max_new_tokens       | must be 0 with reward.overlong
          sampler={kind: other, weights: bfloat8}                        | sampler.weights                 | must be one of float32, bfloat16
          objective.sampler_correction_bound=2; objective.sampler_correction_lower_bound=3 | objective.sampler_correction_bound | must be at least min 3
          train.reference_refresh_every=10                               | train.reference_refresh_every   | has no effect without
          train.reference_refresh_share=0.5                              | train.reference_refresh_share   | has no effect without
          'reward.parts=[{name: correct, weight: 0}]'                    | reward.parts                    | must have a weight that is not 0
          objective.surrogate={kind: two-sided, delta: 0.5}              | objective.surrogate.delta       | must be more than 1
          objective.surrogate={kind: two-sided, delta: 1}                | objective.surrogate.delta       | must be more than 1
          objective.surrogate={kind: cispo, max_ratio: 0}                | objective.surrogate.max_ratio   | must be more than 0
          objective.surrogate={kind: cispo, max_ratio: 0.2}              | objective.surrogate.max_ratio   | must be at least 1, the ratio
          objective.ratio_level={kind: bounded-product, lowest_sum: 1}   | objective.ratio_level.lowest_sum | must be at least -700 and at most 0
          objective.ratio_level={kind: bounded-product, highest_sum: -1} | objective.ratio_level.highest_sum | must be at least 0
          objective.sampler_correction_bound=1e-300                      | objective.sampler_correction_bound | must be at least 1
          """)
  void isRefusedWithItsKey(String settings, String key, String rule) {
    ConfigProblem problem = onlyProblem(settings.split("; "));
    assertTrue(problem.path().startsWith(key), problem.toString());
    assertTrue(problem.rule().contains(rule), problem.toString());
    boolean isSaid = problem.origin().toString().contains("--set");
    assertTrue(isSaid || key.equals("critic"), problem.toString());
  }

  /** Groups of one are a fair choice wherever the baseline is not the group. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          advantage={kind: group-relative, singleton: raw-reward}
          advantage=batch-mean
          advantage=raw-reward
          advantage=greedy-baseline
          advantage=positive-only
          advantage={kind: positive-only, threshold: 1e6}
          advantage=reinforce-plus-plus
          advantage=process-supervision
          advantage=generalized; critic=separate
          """)
  void groupsOfOneLearnWithABaselineFromElsewhere(String settings) {
    List<String> overrides = new ArrayList<>(List.of(settings.split("; ")));
    overrides.add("train.group_size=1");
    assertDoesNotThrow(() -> files.read(THINK_ADD, overrides));
  }

  @Test
  void allAreReportedAtOnceWithTheirLines(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("several.yaml");
    Files.writeString(
        file,
        """
        name: several
        task: digit-sum
        train:
          group_size: 1
          reference_refresh_every: 3
        reward:
          overlong: {kind: linear, cache: 4}
        critic: separate
        """);
    List<String> found =
        assertThrows(ConfigException.class, () -> files.read(file, List.of())).problems().stream()
            .map(problem -> problem.origin() + " " + problem.path())
            .toList();
    assertEquals(
        List.of(
            file + ":7 reward.overlong.cache",
            file + ":8 critic",
            file + ":4 train.group_size",
            file + ":5 train.reference_refresh_every"),
        found);
  }

  private ConfigProblem onlyProblem(String... settings) {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> files.read(THINK_ADD, Arrays.asList(settings)));
    assertEquals(1, refused.problems().size(), refused.getMessage());
    return refused.problems().get(0);
  }

  @Test
  void whatCannotActIsNoted() {
    String clip = "with one optimiser step an update every ratio is 1";
    assertTrue(notes().get(0).startsWith(clip));
    assertEquals(List.of(), notes("train.inner_epochs=2"));
    assertEquals(List.of(), notes("train.mini_batches=2"));
    assertEquals(List.of(), notes("objective.surrogate=reinforce"));
    assertTrue(
        notes("train.mini_batches=2", "dynamic_sampling={kind: rewards-differ, max_rounds: 1}")
            .get(0)
            .startsWith("dynamic_sampling replaces nothing"));
    assertTrue(
        notes("train.mini_batches=2", "train.updates=5").get(0).contains("train.warmup_updates"));
  }

  private List<String> notes(String... settings) {
    return ExperimentNotes.of(files.read(THINK_ADD, List.of(settings)));
  }
}
