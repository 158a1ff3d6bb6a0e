package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.Workers;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.task.Problem;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;
import org.junit.jupiter.api.Test;

class GrpoTrainerTest {

  private static final List<Problem> PROBLEMS =
      List.of(new Problem("a", "a"), new Problem("b", "b"));

  /** Say what you were given, and stop. */
  private static final RewardFunction ECHO =
      (problem, completion) ->
          Reward.of("echo", completion.text().equals(problem.answer()) ? 1 : 0);

  private static final RandomStreams RANDOM = new RandomStreams(11);

  private static GrpoTrainer trainer(
      TabularPolicy policy, GrpoObjective objective, int innerEpochs, int miniBatches) {
    return trainer(policy, objective, innerEpochs, miniBatches, ECHO);
  }

  private static GrpoTrainer trainer(
      TabularPolicy policy,
      GrpoObjective objective,
      int innerEpochs,
      int miniBatches,
      RewardFunction reward) {
    RolloutSampler sampler =
        new RolloutSampler(
            TinyPolicies.LETTERS,
            new SamplingSettings(8, TinyPolicies.MAX_NEW_TOKENS, 1.0),
            RANDOM,
            new Workers(1));
    GrpoSettings settings =
        new GrpoSettings(
            1,
            4,
            8,
            1,
            innerEpochs,
            miniBatches,
            0.05,
            5,
            new AdamSettings(0.9, 0.95, 1e-8),
            1.0,
            10,
            1);
    LearningSetup setup =
        new LearningSetup(
            policy,
            new SampledRollouts(new PromptSampler(PROBLEMS, RANDOM), sampler, 4),
            RewardScoring.of(reward),
            GroupRelativeAdvantage.standard(),
            objective,
            LossTokens.ALL,
            settings,
            WeightControllers.NONE);
    return new GrpoTrainer(setup, RANDOM, Optional.empty());
  }

  private static double meanReward(UpdateTrace trace) {
    return trace.rewards().stream().mapToDouble(Reward::total).average().orElseThrow();
  }

  @Test
  void learns() {
    TabularPolicy policy = TinyPolicies.letters(3);
    GrpoTrainer trainer = trainer(policy, GrpoObjective.standard(), 1, 1);
    double first = 0;
    double last = 0;
    for (int update = 0; update < 120; update++) {
      double reward = meanReward(trainer.update(update));
      first += update < 10 ? reward / 10 : 0;
      last += update >= 110 ? reward / 10 : 0;
    }
    assertTrue(first < 0.3, "starts knowing little: " + first);
    assertTrue(last > 0.9, "learned: " + last);
  }

  @Test
  void withOneOptimizerStepTheRatioIsExactlyOneAndNothingIsClipped() {
    GrpoTrainer trainer = trainer(TinyPolicies.letters(3), GrpoObjective.standard(), 1, 1);
    for (int update = 0; update < 20; update++) {
      UpdateTrace trace = trainer.update(update);
      assertEquals(1, trace.steps().size());
      TokenTable ratios = trace.steps().get(0).objective().ratios();
      assertEquals(TokenTable.constant(ratios.lengths(), 1), ratios);
      UpdateMetrics metrics = UpdateMetrics.of(trace);
      assertEquals(0, metrics.get("clip_ratio/region_mean"), 0);
      assertEquals(1, metrics.get("ratio/max"), 0);
      assertEquals(0, metrics.get("approx_kl"), 0);
    }
  }

  @Test
  void fromTheSecondInnerEpochOnTheRatioMovesAndTheOldPolicyDoesNot() {
    GrpoTrainer trainer = trainer(TinyPolicies.letters(3), GrpoObjective.standard(), 4, 1);
    trainer.update(0);
    UpdateTrace trace = trainer.update(1);

    assertEquals(4, trace.steps().size());
    TokenTable old = trace.steps().get(0).objective().inputs().oldLogProbs();
    for (UpdateTrace.OptimizerStep step : trace.steps()) {
      assertEquals(old, step.objective().inputs().oldLogProbs());
    }
    assertEquals(1, trace.steps().get(0).objective().metrics().ratioMax(), 0);
    assertTrue(trace.steps().get(3).objective().metrics().ratioMax() > 1);
    assertEquals(trace.oldVersion() + 4, trace.steps().get(3).gradient().version());
  }

  @Test
  void everyRowIsInOneMiniBatchOfEveryEpoch() {
    UpdateTrace trace = trainer(TinyPolicies.letters(3), GrpoObjective.standard(), 2, 4).update(0);

    assertEquals(8, trace.steps().size());
    for (int epoch = 0; epoch < 2; epoch++) {
      List<Integer> rows = new ArrayList<>();
      for (UpdateTrace.OptimizerStep step : trace.steps()) {
        if (step.innerEpoch() == epoch) {
          rows.addAll(step.rows());
        }
      }
      assertEquals(32, rows.stream().distinct().count());
    }
  }

  @Test
  void anUpdateIsAFunctionOfPolicySeedAndNumber() {
    TabularPolicy one = TinyPolicies.letters(3);
    TabularPolicy other = TinyPolicies.letters(3);
    GrpoTrainer first = trainer(one, GrpoObjective.standard(), 2, 2);
    GrpoTrainer second = trainer(other, GrpoObjective.standard(), 2, 2);
    for (int update = 0; update < 5; update++) {
      assertEquals(
          UpdateMetrics.of(first.update(update)).named(),
          UpdateMetrics.of(second.update(update)).named());
    }
    assertEquals(one.parameters(), other.parameters());
    assertNotEquals(TinyPolicies.letters(3).parameters(), one.parameters());
  }

  @Test
  void theReferenceIsTheStartOfTheIteration() {
    GrpoObjective withKl = GrpoObjective.standard().withKl(KlPenalty.of(0.04, KlEstimator.K3));
    GrpoTrainer trainer = trainer(TinyPolicies.letters(3), withKl, 1, 1);
    List<Long> versions = new ArrayList<>();
    for (int update = 0; update < 21; update++) {
      versions.add(trainer.update(update).reference().orElseThrow().version());
    }
    assertEquals(
        List.of(0L, 0L, 10L, 10L, 20L),
        List.of(
            versions.get(0),
            versions.get(9),
            versions.get(10),
            versions.get(19),
            versions.get(20)));
  }

  /** Rows may be split over any number of backward passes: their gradients add up. */
  @Test
  void gradientOfMicroBatchesIsTheFullGradient() {
    UpdateTrace trace = trainer(TinyPolicies.letters(3), GrpoObjective.standard(), 1, 1).update(0);
    TokenTable coefficients = trace.steps().get(0).objective().lossByLogProb();
    TabularPolicy policy = TinyPolicies.letters(3);
    try (ForwardPass all = policy.forward(trace.rollout().sequences(), 1)) {
      all.backward(coefficients);
    }
    double[] full = policy.gradient().toArray();
    TabularPolicy split = TinyPolicies.letters(3);
    for (int from = 0; from < 32; from += 5) {
      int to = Math.min(32, from + 5);
      try (ForwardPass part = split.forward(trace.rollout().sequences().subList(from, to), 1)) {
        part.backward(coefficients.rows(from, to));
      }
    }
    double largest = 0;
    for (double g : full) {
      largest = Math.max(largest, Math.abs(g));
    }
    assertTrue(largest > 0);
    for (int k = 0; k < full.length; k++) {
      assertEquals(full[k], split.gradient().get(k), 1e-14 * largest);
    }
  }

  @Test
  void aRewardThatIsNotFiniteStopsTheRunBeforeTheStep() {
    TabularPolicy policy = TinyPolicies.letters(3);
    RewardFunction broken =
        (problem, completion) ->
            Reward.of("broken", completion.length() > 1 ? Double.POSITIVE_INFINITY : 0);
    GrpoTrainer trainer = trainer(policy, GrpoObjective.standard(), 1, 1, broken);

    NonFiniteException error = assertThrows(NonFiniteException.class, () -> trainer.update(3));
    assertTrue(error.getMessage().startsWith("update 3: "), error.getMessage());
    assertEquals(TinyPolicies.letters(3).parameters(), policy.parameters());
  }
}
