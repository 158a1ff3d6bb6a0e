package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.objective.AdaptiveEntropyWeight;
import org.grpo4j.objective.AdaptiveKlWeight;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.ReferenceSync;
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
import org.junit.jupiter.api.io.TempDir;

/** What a trainer carries from update to update: reference policy and coefficients. */
class TrainerStateTest {

  private static final List<Problem> PROBLEMS =
      List.of(new Problem("a", "a"), new Problem("b", "b"));
  private static final RewardFunction ECHO =
      (problem, completion) ->
          Reward.of("echo", completion.text().equals(problem.answer()) ? 1 : 0);
  private static final RandomStreams RANDOM = new RandomStreams(11);
  private static final GrpoObjective STANDARD = GrpoObjective.standard();
  private static final KlPenalty PENALTY = KlPenalty.of(0.02, KlEstimator.K3);
  private static final AdaptiveKlWeight KEEPS_KL = new AdaptiveKlWeight(0.1, 200);
  private static final AdaptiveEntropyWeight KEEPS_ENTROPY =
      new AdaptiveEntropyWeight(0.5, 0.02, 0, 1);

  @TempDir Path directory;

  /** What the tests vary. */
  private static final class Setup {
    GrpoObjective objective = STANDARD;
    RewardScoring rewards = RewardScoring.of(ECHO);
    WeightControllers controllers = WeightControllers.NONE;
    int refreshEvery = 0;
    double alpha = 1;

    GrpoTrainer trainer(Policy policy, Optional<TrainerState> resumed) {
      SamplingSettings sampling = new SamplingSettings(8, TinyPolicies.MAX_NEW_TOKENS, 1.0);
      LearningSetup setup =
          new LearningSetup(
              policy,
              new SampledRollouts(
                  new PromptSampler(PROBLEMS, RANDOM),
                  new RolloutSampler(TinyPolicies.LETTERS, sampling, RANDOM, new Workers(1)),
                  4),
              rewards,
              GroupRelativeAdvantage.standard(),
              objective,
              LossTokens.ALL,
              new GrpoSettings(
                  1, 4, 8, 1, 2, 1, 0.05, 5, TinyPolicies.ADAM, 1, refreshEvery, alpha),
              controllers);
      return new GrpoTrainer(setup, RANDOM, resumed);
    }

    List<UpdateMetrics> run(int updates) {
      GrpoTrainer trainer = trainer(TinyPolicies.letters(3), Optional.empty());
      List<UpdateMetrics> metrics = new ArrayList<>();
      for (int update = 0; update < updates; update++) {
        metrics.add(UpdateMetrics.of(trainer.update(update)));
      }
      return metrics;
    }
  }

  private static double meanOfLast(List<UpdateMetrics> metrics, int count, String name) {
    double sum = 0;
    for (UpdateMetrics one : metrics.subList(metrics.size() - count, metrics.size())) {
      sum += one.get(name);
    }
    return sum / count;
  }

  @Test
  void theEntropyControllerHoldsTheEntropyWhereItFellWithout() {
    Setup setup = new Setup();
    double fallen = meanOfLast(setup.run(200), 50, "entropy");
    setup.controllers = WeightControllers.NONE.withEntropy(KEEPS_ENTROPY);
    List<UpdateMetrics> steered = setup.run(200);
    double held = meanOfLast(steered, 50, "entropy");

    assertTrue(fallen < 0.25, "without controller: " + fallen);
    assertEquals(0.5, held, 0.1, "with controller");
    assertEquals(0, steered.get(0).get("entropy_coefficient"), "no entropy is known yet");
    assertFalse(steered.get(0).named().containsKey("kl_coefficient"));
  }

  @Test
  void theBonusRestsWhileEntropyIsAboveItsTarget() {
    Setup setup = new Setup();
    setup.objective = STANDARD.withEntropyBonus(EntropyBonus.tokenMean(0.1));
    setup.controllers = WeightControllers.NONE.withEntropy(KEEPS_ENTROPY);
    List<UpdateMetrics> metrics = setup.run(200);
    int acted = 0;
    for (int update = 1; update < metrics.size(); update++) {
      boolean acts = metrics.get(update - 1).get("entropy") <= KEEPS_ENTROPY.target();
      double coefficient = metrics.get(update).get("entropy_coefficient");
      assertTrue(acts || coefficient == 0, "update " + update);
      acted += coefficient > 0 ? 1 : 0;
    }
    assertTrue(acted > 10 && acted < 190, "acted in " + acted + " updates");
  }

  @Test
  void theKlControllerReachesItsTargetFromBothSides() {
    Setup setup = new Setup();
    setup.controllers = WeightControllers.NONE.withKl(KEEPS_KL);
    for (double first : new double[] {0.001, 5}) {
      setup.objective = STANDARD.withKl(PENALTY.withBeta(first));
      List<UpdateMetrics> steered = setup.run(400);
      assertEquals(first, steered.get(0).get("kl_coefficient"));
      assertEquals(0.1, meanOfLast(steered, 100, "kl"), 0.03, "from beta " + first);
      assertNotEquals(first, steered.get(399).get("kl_coefficient"), first / 10);
    }
    setup.controllers = WeightControllers.NONE;
    setup.objective = STANDARD.withKl(PENALTY.withBeta(0.001));
    double free = meanOfLast(setup.run(400), 100, "kl");
    assertTrue(free > 0.3, "without controller: " + free);
  }

  @Test
  void theKlControllerMovesThePenaltyInTheRewardToo() {
    Setup setup = new Setup();
    setup.rewards = RewardScoring.of(ECHO).withKl(KlInReward.of(0.001));
    setup.controllers = WeightControllers.NONE.withKl(KEEPS_KL);
    List<UpdateMetrics> metrics = setup.run(60);
    double beta = 0.001;
    for (UpdateMetrics one : metrics) {
      assertEquals(beta, one.get("kl_coefficient"));
      beta = KEEPS_KL.next(beta, one.get("kl"), 32);
    }
    assertTrue(beta > 0.002, "has grown to " + beta);
  }

  @Test
  void aControllerNeedsSomethingToMove() {
    Setup setup = new Setup();
    setup.controllers = WeightControllers.NONE.withKl(KEEPS_KL);
    Policy policy = TinyPolicies.letters(3);
    assertThrows(
        IllegalArgumentException.class, () -> setup.trainer(policy, Optional.empty()).state());
  }

  @Test
  void theReferencePolicyMovesPartOfTheWay() {
    Setup setup = new Setup();
    setup.objective = STANDARD.withKl(PENALTY);
    setup.refreshEvery = 2;
    setup.alpha = 0.6;
    TabularPolicy policy = TinyPolicies.letters(3);
    GrpoTrainer trainer = setup.trainer(policy, Optional.empty());
    DoubleVector reference = policy.parameters();
    long version = 0;
    for (int update = 0; update < 7; update++) {
      if (update > 0 && update % 2 == 0) {
        reference = new ReferenceSync(0.6).mix(policy.parameters(), reference);
        version = policy.version();
      }
      UpdateTrace trace = trainer.update(update);
      assertEquals(version, trace.reference().orElseThrow().version());
      assertEquals(
          policy.snapshot(reference, 0).logProbs(trace.rollout().sequences(), 1).table(),
          trace.reference().orElseThrow().logProbs());
    }
  }

  @Test
  void aTrainerGoesOnFromItsStateToTheSameBits() throws IOException {
    Setup setup = new Setup();
    setup.objective = STANDARD.withKl(PENALTY).withEntropyBonus(EntropyBonus.tokenMean(0.3));
    setup.controllers = WeightControllers.NONE.withKl(KEEPS_KL).withEntropy(KEEPS_ENTROPY);
    setup.refreshEvery = 5;
    setup.alpha = 0.5;
    TabularPolicy whole = TinyPolicies.letters(3);
    GrpoTrainer first = setup.trainer(whole, Optional.empty());
    for (int update = 0; update < 13; update++) {
      first.update(update);
    }
    whole.save(directory);
    TrainerState state = first.state();
    assertEquals(TrainerState.EMPTY, new Setup().trainer(whole, Optional.of(state)).state());

    TabularPolicy copy = TabularPolicy.load(directory);
    GrpoTrainer second = setup.trainer(copy, Optional.of(state));
    assertEquals(state, second.state());
    for (int update = 13; update < 26; update++) {
      assertEquals(
          UpdateMetrics.of(first.update(update)).named(),
          UpdateMetrics.of(second.update(update)).named());
    }
    assertEquals(whole.parameters(), copy.parameters());
    assertEquals(first.state(), second.state());
  }
}
