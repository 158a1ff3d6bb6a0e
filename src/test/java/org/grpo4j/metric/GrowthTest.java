package org.grpo4j.metric;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.EstimatorExamples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing grows with the square of the prompts: the most that an update can have take seconds,
 * where looking at all rows for every group would take minutes.
 */
class GrowthTest {

  private static final int GROUPS = 65_536;
  private static final AdvantageInputs INPUTS =
      EstimatorExamples.inputs(new SplittableRandom(1), GROUPS);

  static List<AdvantageEstimator> estimators() {
    return EstimatorExamples.all();
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void advantagesAndDeadGroupsOfTheMostPrompts(AdvantageEstimator estimator) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          Advantages advantages = estimator.estimate(INPUTS);
          Optional<DeadGroups> dead = DeadGroups.of(advantages, Optional.empty());
          dead.ifPresent(groups -> assertTrue(groups.compared() > GROUPS / 2));
        });
  }
}
