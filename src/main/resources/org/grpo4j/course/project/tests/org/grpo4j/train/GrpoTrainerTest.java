package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.TokenTerm;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.Workers;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.task.Problem;
import org.grpo4j.task.Vocabulary;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;
import org.junit.jupiter.api.Test;

/** A policy that is a table: it is asked a letter and shall say it, and stop. */
class GrpoTrainerTest {

  private static final Vocabulary LETTERS = new Vocabulary("_$ab");
  private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 1e-8);
  private static final RandomStreams RANDOM = new RandomStreams(11);

  private static final List<Problem> PROBLEMS =
      List.of(new Problem("a", "a"), new Problem("b", "b"));

  private static final RewardFunction ECHO =
      (problem, completion) ->
          Reward.of("echo", completion.text().equals(problem.answer()) ? 1 : 0);

  private final TabularPolicy policy =
      TabularPolicy.uniform(
          LETTERS.size(), 3, List.of(LETTERS.encode("a"), LETTERS.encode("b")), ADAM);

  private GrpoTrainer trainer(int innerEpochs, int miniBatches) {
    int prompts = 4;
    int groupSize = 8;
    RolloutSampler sampler =
        new RolloutSampler(
            LETTERS, new SamplingSettings(groupSize, 3, 1.0), RANDOM, new Workers(1));
    LearningSetup setup =
        new LearningSetup(
            policy,
            new SampledRollouts(new PromptSampler(PROBLEMS, RANDOM), sampler, prompts),
            RewardScoring.of(ECHO),
            GroupRelativeAdvantage.standard(),
            GrpoObjective.standard(),
            LossTokens.ALL,
            new GrpoSettings(
                60, prompts, groupSize, 1, innerEpochs, miniBatches, 0.1, 0, ADAM, 1, 0, 1),
            WeightControllers.NONE);
    return new GrpoTrainer(setup, RANDOM, Optional.empty());
  }

  private static double meanReward(UpdateTrace trace) {
    return trace.rewards().stream().mapToDouble(Reward::total).average().orElseThrow();
  }

  @Test
  void everyMiniBatchOfEveryEpochIsAStep() {
    UpdateTrace trace = trainer(2, 4).update(0);
    assertEquals(8, trace.steps().size());
    assertEquals(8, policy.version());
    assertEquals(32 / 4, trace.steps().get(0).rows().size());
    assertEquals(1, trace.steps().get(4).innerEpoch());
  }

  /** The old policy is the one that sampled: only the first step sees it unchanged. */
  @Test
  void ratiosStartAtOneAndMoveAway() {
    UpdateTrace trace = trainer(2, 1).update(0);
    assertEquals(0, trace.oldVersion());
    for (TokenTerm term : trace.steps().get(0).objective().terms().get(0)) {
      assertEquals(1, term.ratio(), 0);
    }
    boolean moved =
        trace.steps().get(1).objective().terms().stream()
            .flatMap(List::stream)
            .anyMatch(term -> term.ratio() != 1);
    assertTrue(moved, "the policy has moved since it sampled");
  }

  @Test
  void theSameSeedGivesTheSamePolicy() {
    GrpoTrainerTest other = new GrpoTrainerTest();
    trainer(1, 1).update(0);
    other.trainer(1, 1).update(0);
    assertEquals(policy.parameters(), other.policy.parameters());
  }

  @Test
  void itLearns() {
    GrpoTrainer trainer = trainer(2, 1);
    double before = meanReward(trainer.update(0));
    for (int update = 1; update < 59; update++) {
      trainer.update(update);
    }
    double after = meanReward(trainer.update(59));
    assertTrue(before < 0.3 && after > 0.8, "mean reward " + before + ", later " + after);
  }
}
