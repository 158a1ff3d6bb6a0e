package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupFilter;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ImportanceCorrection;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.TopEntropyMask;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.Workers;
import org.grpo4j.reward.OverlongPenalty;
import org.grpo4j.reward.OverlongReward;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.Group;
import org.grpo4j.task.Problem;
import org.grpo4j.train.sampling.DynamicSampling;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutCollector;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;
import org.junit.jupiter.api.Test;

/** What both trainers can be given: other completions, other rewards, fewer tokens. */
class CollaboratorsTest {

  private static final List<Problem> PROBLEMS =
      List.of(new Problem("a", "a"), new Problem("b", "b"));

  private static final RewardFunction ECHO =
      (problem, completion) ->
          Reward.of("echo", completion.text().equals(problem.answer()) ? 1 : 0);

  private static final RandomStreams RANDOM = new RandomStreams(11);
  private static final int PROMPTS = 6;

  private final TabularPolicy policy = TinyPolicies.letters(3);
  private final PromptSampler prompts = new PromptSampler(PROBLEMS, RANDOM);
  private final RolloutSampler sampler =
      new RolloutSampler(
          TinyPolicies.LETTERS,
          new SamplingSettings(4, TinyPolicies.MAX_NEW_TOKENS, 1.0),
          RANDOM,
          new Workers(1));

  private GrpoTrainer trainer(
      RolloutCollector rollouts,
      RewardScoring rewards,
      AdvantageEstimator advantages,
      LossTokens lossTokens) {
    GrpoSettings settings =
        new GrpoSettings(1, PROMPTS, 4, 1, 1, 1, 0.05, 5, TinyPolicies.ADAM, 1, 0, 1);
    LearningSetup setup =
        new LearningSetup(
            policy,
            rollouts,
            rewards,
            advantages,
            GrpoObjective.standard(),
            lossTokens,
            settings,
            WeightControllers.NONE);
    return new GrpoTrainer(setup, RANDOM, Optional.empty());
  }

  private RolloutCollector all() {
    return new SampledRollouts(prompts, sampler, PROMPTS);
  }

  private RolloutCollector.Collected dynamic(GroupFilter filter, int maxRounds) {
    return new DynamicSampling(prompts, sampler, PROMPTS, ECHO, filter, maxRounds)
        .collect(policy, 0);
  }

  private static boolean differ(Group group) {
    double[] rewards =
        group.completions().stream()
            .mapToDouble(completion -> ECHO.score(group.problem(), completion).total())
            .toArray();
    return !Moments.of(rewards).allEqual();
  }

  @Test
  void dynamicSamplingReplacesDeadGroupsAndCountsWhatItSampled() {
    RolloutCollector.Collected collected = dynamic(new GroupFilter.RewardsDiffer(1), 50);
    assertEquals(PROMPTS, collected.rollout().groups().size());
    assertTrue(collected.rollout().groups().stream().allMatch(CollaboratorsTest::differ));
    assertTrue(collected.sampledCompletions() > PROMPTS * 4, "more than one round was needed");
    assertEquals(0, collected.sampledCompletions() % (PROMPTS * 4));
    assertTrue(collected.sampledTokens() >= collected.sampledCompletions());
  }

  @Test
  void noTwoRoundsDrawTheSame() {
    List<Group> groups =
        new DynamicSampling(
                prompts, sampler, PROMPTS, ECHO, new GroupFilter.MeanInOpenRange(5, 6, 1), 3)
            .collect(policy, 0)
            .rollout()
            .groups();
    // No group passes: the update is filled with the first ones, those of plain sampling.
    assertEquals(all().collect(policy, 0).rollout().groups(), groups);
    RolloutCollector.Collected kept = dynamic(new GroupFilter.RewardsDiffer(1), 50);
    Set<List<Completion>> distinct = new HashSet<>();
    kept.rollout().groups().forEach(group -> distinct.add(group.completions()));
    assertEquals(PROMPTS, distinct.size());
  }

  @Test
  void atTheBoundDroppedGroupsFillTheUpdate() {
    RolloutCollector.Collected collected = dynamic(new GroupFilter.RewardsDiffer(1), 1);
    assertEquals(PROMPTS, collected.rollout().groups().size());
    assertEquals(PROMPTS * 4, collected.sampledCompletions());
    Set<Group> plain = new HashSet<>(all().collect(policy, 0).rollout().groups());
    assertEquals(plain, new HashSet<>(collected.rollout().groups()));
  }

  @Test
  void theTraceSaysWhatWasSampledForAnUpdate() {
    RolloutCollector rollouts =
        new DynamicSampling(prompts, sampler, PROMPTS, ECHO, new GroupFilter.RewardsDiffer(1), 50);
    UpdateTrace trace =
        trainer(rollouts, RewardScoring.of(ECHO), GroupRelativeAdvantage.standard(), LossTokens.ALL)
            .update(0);
    UpdateMetrics metrics = UpdateMetrics.of(trace);
    assertEquals(0, metrics.get("frac_reward_zero_std"), 0);
    assertTrue(metrics.get("frac_completions_used") < 1);
    assertEquals(
        PROMPTS * 4, metrics.get("frac_completions_used") * trace.sampled().completions(), 1e-9);
  }

  @Test
  void truncatedCompletionsLeaveTheLossAndStayInTheirGroup() {
    LossTokens lossTokens =
        new LossTokens(true, Optional.empty(), Optional.empty(), Optional.empty());
    UpdateTrace trace =
        trainer(all(), RewardScoring.of(ECHO), GroupRelativeAdvantage.standard(), lossTokens)
            .update(0);
    TokenTable coefficients = trace.steps().get(0).objective().lossByLogProb();
    List<Completion> rows = trace.rollout().completions();
    int truncated = 0;
    int moved = 0;
    for (int i = 0; i < rows.size(); i++) {
      boolean zero = coefficients.row(i).equals(DoubleVector.constant(rows.get(i).length(), 0));
      truncated += rows.get(i).truncated() ? 1 : 0;
      moved += zero ? 0 : 1;
      assertTrue(zero || !rows.get(i).truncated(), "row " + i);
    }
    assertTrue(truncated > 0 && moved > 0, truncated + " truncated, " + moved + " moved");
    AdvantageInputs inputs = trace.advantages().inputs();
    assertEquals(lossTokens.mask(trace.rollout()), inputs.mask());
    for (int group = 0; group < inputs.groups().count(); group++) {
      assertEquals(inputs.groups().size(group), inputs.groupMoments(group).count());
    }
  }

  @Test
  void truncatedCompletionsAreNotWhitenedOver() {
    LossTokens lossTokens =
        new LossTokens(true, Optional.empty(), Optional.empty(), Optional.empty());
    AdvantageEstimator whitened = new WhitenedGroupBaselineAdvantage(Whitening.addedToDeviation(0));
    UpdateTrace trace = trainer(all(), RewardScoring.of(ECHO), whitened, lossTokens).update(0);
    TokenTable loss = lossTokens.mask(trace.rollout());
    assertTrue(Masks.count(loss) < Masks.count(trace.rollout().mask()), "none was truncated");
    Moments moments = Moments.ofMasked(trace.advantages().perToken(), loss);
    assertEquals(0, moments.mean(), 1e-12);
    assertEquals(1, moments.sampleStandardDeviation(), 1e-12);
  }

  @Test
  void topEntropyAndSamplerCorrectionAreFactorsOfThePolicyTerm() {
    LossTokens lossTokens =
        new LossTokens(
            false,
            Optional.of(new TopEntropyMask(0.5)),
            Optional.empty(),
            Optional.of(
                new ImportanceCorrection(
                    ImportanceCorrection.Unit.TOKEN,
                    ImportanceCorrection.OutOfBounds.TRUNCATE,
                    0,
                    2)));
    UpdateTrace trace =
        trainer(all(), RewardScoring.of(ECHO), GroupRelativeAdvantage.standard(), lossTokens)
            .update(0);
    ObjectiveInputs inputs = trace.steps().get(0).objective().inputs();
    double kept = Masks.mean(inputs.tokenWeights().orElseThrow(), inputs.mask());
    assertTrue(kept >= 0.5 && kept < 1, "kept share: " + kept);
    // One engine samples and trains: its log-probabilities are the same, the factor is 1.
    TokenTable factors = inputs.importanceWeights().orElseThrow();
    for (int i = 0; i < factors.rows(); i++) {
      for (int t = 0; t < factors.length(i); t++) {
        assertEquals(1, factors.get(i, t), 1e-12);
      }
    }
  }

  @Test
  void reMaxComparesWithTheGreedyCompletionOfThePrompt() {
    GreedyDecoder greedy =
        new GreedyDecoder(TinyPolicies.LETTERS, TinyPolicies.MAX_NEW_TOKENS, new Workers(1));
    List<Completion> expected = greedy.decode(policy, PROBLEMS);
    UpdateTrace trace =
        trainer(
                all(),
                RewardScoring.of(ECHO).withGreedyBaseline(greedy),
                new GreedyBaselineAdvantage(),
                LossTokens.ALL)
            .update(0);
    for (int i = 0; i < trace.rewards().size(); i++) {
      Problem problem = trace.rollout().groups().get(trace.rollout().groupOfRow()[i]).problem();
      Completion completion = expected.get(PROBLEMS.indexOf(problem));
      double baseline = ECHO.score(problem, completion).total();
      assertEquals(
          trace.rewards().get(i).total() - baseline,
          trace.advantages().perRow().orElseThrow().get(i),
          0);
    }
  }

  @Test
  void aDivergenceInTheRewardOfACompletionIsTheSumOfItsTokens() {
    GrpoTrainer trainer =
        trainer(
            all(),
            RewardScoring.of(ECHO).withKl(KlInReward.of(0.5)),
            new LeaveOneOutAdvantage(Optional.empty()),
            LossTokens.ALL);
    trainer.update(0);
    UpdateTrace trace = trainer.update(1);
    TokenTable old = trace.steps().get(0).objective().inputs().oldLogProbs();
    TokenTable reference = trace.reference().orElseThrow().logProbs();
    assertNotEquals(old, reference);
    for (int i = 0; i < old.rows(); i++) {
      double divergence = old.row(i).sum() - reference.row(i).sum();
      assertEquals(
          trace.rewards().get(i).total() - 0.5 * divergence,
          trace.advantages().inputs().rewards().get(i),
          1e-12);
    }
  }

  @Test
  void anOverlongPenaltyIsOnePartMore() {
    RewardFunction reward = new OverlongReward(ECHO, new OverlongPenalty(2, 1), 3);
    for (Group group : all().collect(policy, 0).rollout().groups()) {
      for (Completion completion : group.completions()) {
        Reward scored = reward.score(group.problem(), completion);
        double expected = -Math.max(0, completion.length() - 1) / 2.0;
        assertEquals("overlong", scored.parts().get(1).name());
        assertEquals(expected, scored.parts().get(1).value(), 0);
        assertEquals(ECHO.score(group.problem(), completion).total() + expected, scored.total(), 0);
      }
    }
  }
}
