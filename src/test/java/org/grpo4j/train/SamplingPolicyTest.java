package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.DppoSurrogate;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ImportanceCorrection;
import org.grpo4j.objective.ImportanceCorrection.OutOfBounds;
import org.grpo4j.objective.ImportanceCorrection.Unit;
import org.grpo4j.objective.OffPolicyRowMask;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.PolicySnapshot;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.WeightFormat;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkCritics;
import org.grpo4j.policy.network.NetworkPolicies;
import org.grpo4j.policy.network.engine.Balance;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.task.Problem;
import org.grpo4j.train.Sampler.Other;
import org.grpo4j.train.Sampler.Other.Old;
import org.grpo4j.train.inspection.Inspection;
import org.grpo4j.train.inspection.UpdateInspector;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sampler that is not the learner: which weights it has, and what the learner makes of it. */
class SamplingPolicyTest {

  private static final List<Problem> PROBLEMS =
      List.of(new Problem("a", "a"), new Problem("b", "b"));
  private static final RewardFunction ECHO =
      (problem, completion) ->
          Reward.of("echo", completion.text().equals(problem.answer()) ? 1 : 0);
  private static final RandomStreams RANDOM = new RandomStreams(11);
  private static final WeightFormat FLOAT32 = WeightFormat.FLOAT32;
  private static final WeightFormat BFLOAT16 = WeightFormat.BFLOAT16;
  private static final ImportanceCorrection TIS =
      new ImportanceCorrection(Unit.TOKEN, OutOfBounds.TRUNCATE, 1.05);
  private static final ImportanceCorrection ICE_POP =
      new ImportanceCorrection(Unit.TOKEN, OutOfBounds.MASK, 0.9, 1.1);

  /** What the tests vary. */
  private static final class Setup {
    Policy policy = TinyPolicies.letters(3);
    Sampler sampler = Sampler.LEARNER;
    GrpoObjective objective = GrpoObjective.standard();
    Optional<ImportanceCorrection> correction = Optional.empty();
    int innerEpochs = 1;
    int miniBatches = 1;
    double learningRate = 0.05;

    private LearningSetup learning(AdvantageEstimator estimator) {
      SamplingSettings sampling = new SamplingSettings(8, TinyPolicies.MAX_NEW_TOKENS, 1.0);
      return new LearningSetup(
          policy,
          new SampledRollouts(
              new PromptSampler(PROBLEMS, RANDOM),
              new RolloutSampler(TinyPolicies.LETTERS, sampling, RANDOM, new Workers(1)),
              8),
          RewardScoring.of(ECHO),
          estimator,
          objective,
          new LossTokens(false, Optional.empty(), Optional.empty(), correction),
          new GrpoSettings(
              1, 8, 8, 1, innerEpochs, miniBatches, learningRate, 0, TinyPolicies.ADAM, 1, 0, 1),
          sampler,
          Teaching.NONE,
          WeightControllers.NONE);
    }

    GrpoTrainer grpo(Optional<TrainerState> resumed) {
      return new GrpoTrainer(learning(GroupRelativeAdvantage.standard()), RANDOM, resumed);
    }

    PpoTrainer ppo() {
      policy = NetworkCritics.withValueHead(policy, 5, new Workers(1));
      Critic critic = NetworkCritics.valueHead(policy);
      CriticSettings settings =
          new CriticSettings(
              0.1, 0.01, 0, TinyPolicies.ADAM, 1, ValueLoss.unclipped(Aggregation.tokenMean()));
      AdvantageEstimator estimator =
          new GeneralizedAdvantage(1, 1, Optional.of(Whitening.standard()));
      return new PpoTrainer(learning(estimator), critic, settings, RANDOM, Optional.empty());
    }

    List<UpdateTrace> run(int updates) {
      return run(grpo(Optional.empty()), updates);
    }

    static List<UpdateTrace> run(Trainer trainer, int updates) {
      List<UpdateTrace> traces = new ArrayList<>();
      for (int update = 0; update < updates; update++) {
        traces.add(trainer.update(update));
      }
      return traces;
    }
  }

  private static Policy experts() {
    return experts(new Balance.Loss(0.01));
  }

  private static Policy experts(Balance balance) {
    TransformerShape shape =
        new TransformerShape(4, 4, 16, 2, 2, 24).with(new Experts(8, 2, 6, 5, balance));
    return NetworkPolicies.transformer(shape, Precision.FAST_FLOAT, 1, new Workers(1));
  }

  private static Sampler other(int behind, WeightFormat weights, Other.Experts routing) {
    return new Other(behind, weights, Old.LEARNER, routing);
  }

  private static Sampler two(int behind) {
    return new Other(behind, FLOAT32, Old.SAMPLER, Other.Experts.OWN);
  }

  private static double largest(List<UpdateTrace> traces, String name) {
    return traces.stream().mapToDouble(t -> UpdateMetrics.of(t).get(name)).max().orElseThrow();
  }

  private static double sum(List<UpdateTrace> traces, String name) {
    return traces.stream()
        .mapToDouble(t -> UpdateMetrics.of(t).get(name))
        .filter(Double::isFinite)
        .sum();
  }

  @Test
  void theSamplerHasTheRoundedWeightsOfSomeUpdatesAgo() {
    Setup setup = new Setup();
    setup.sampler = other(2, BFLOAT16, Other.Experts.OWN);
    GrpoTrainer trainer = setup.grpo(Optional.empty());
    List<DoubleVector> before = new ArrayList<>();
    for (int update = 0; update < 6; update++) {
      before.add(setup.policy.parameters());
      int taken = Math.max(0, update - 2);
      PolicySnapshot learner = setup.policy.snapshot();
      PolicySnapshot sampler = setup.policy.snapshot(BFLOAT16.round(before.get(taken)), taken);
      UpdateTrace trace = trainer.update(update);
      assertEquals(taken, trace.rollout().policyVersion());
      assertEquals(update, trace.oldVersion());
      TokenTable own = learner.logProbs(trace.rollout().sequences(), 1).table();
      TokenTable drawn = sampler.logProbs(trace.rollout().sequences(), 1).table();
      assertEquals(drawn, LearningBatch.samplerLogProbs(trace.rollout()));
      assertEquals(own, trace.steps().get(0).objective().inputs().oldLogProbs());
      double logRatio = own.get(3, 0) - drawn.get(3, 0);
      assertEquals(logRatio, trace.drift().orElseThrow().logRatios().get(3, 0));
      assertNotEquals(0, logRatio, "rounding alone makes a difference");
    }
  }

  @Test
  void withTwoPoliciesTheOldOneIsTheSampler() {
    Setup setup = new Setup();
    setup.sampler = two(3);
    List<UpdateTrace> traces = setup.run(6);
    UpdateTrace last = traces.get(5);
    assertEquals(2, last.oldVersion());
    assertEquals(
        LearningBatch.samplerLogProbs(last.rollout()),
        last.steps().get(0).objective().inputs().oldLogProbs());
    assertTrue(UpdateMetrics.of(last).get("ratio/max") > 1.01);
    assertTrue(largest(traces, "clip_ratio/region_mean") > 0, "the clip acts in a first step");
  }

  @Test
  void theSameWeightsAreNoDriftAndThroughTheirOwnExpertsLearningIsTheSameToTheBit() {
    Setup usual = new Setup();
    usual.policy = experts();
    assertFalse(usual.run(4).stream().anyMatch(trace -> trace.drift().isPresent()));
    for (Other.Experts routing : Other.Experts.values()) {
      Setup setup = new Setup();
      setup.policy = experts();
      setup.sampler = other(0, FLOAT32, routing);
      for (UpdateTrace trace : setup.run(4)) {
        UpdateMetrics metrics = UpdateMetrics.of(trace);
        assertEquals(0, metrics.get("sampling/experts_changed"));
        assertEquals(1, metrics.get("sampling/ratio_p01"), 1e-5);
        assertEquals(1, metrics.get("sampling/ratio_p99/same"), 1e-5);
        assertTrue(Double.isNaN(metrics.get("sampling/ratio_p99/changed")));
      }
      assertEquals(usual.policy.parameters(), setup.policy.parameters(), routing.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void roundedWeightsChangeExpertsUnlessTheirRoutingIsReplayed(Other.Experts routing) {
    Setup setup = new Setup();
    setup.policy = experts();
    setup.sampler = other(0, BFLOAT16, routing);
    setup.innerEpochs = 2;
    setup.miniBatches = 4;
    List<UpdateTrace> traces = setup.run(12);
    double changed = sum(traces, "sampling/experts_changed");
    double byLayer =
        sum(traces, "sampling/experts_changed/layer0")
            + sum(traces, "sampling/experts_changed/layer1");
    if (routing == Other.Experts.SAMPLER) {
      assertEquals(0, changed);
    } else {
      assertTrue(changed > 0 && changed < 1, "changed: " + changed);
      assertTrue(byLayer >= changed);
    }
    assertTrue(sum(traces, "sampling/kl") > 0);
  }

  /** R2: the ratio of later steps is free of what the router does in between. */
  @Test
  void theRoutingOfTheOldPolicyHoldsForAllSteps() {
    Setup setup = new Setup();
    setup.policy = experts();
    setup.sampler = other(1, FLOAT32, Other.Experts.OLD);
    setup.innerEpochs = 3;
    GrpoTrainer trainer = setup.grpo(Optional.empty());
    trainer.update(0);
    PolicySnapshot before = setup.policy.snapshot();
    trainer.update(1);
    DoubleVector after = setup.policy.parameters();
    UpdateTrace trace = trainer.update(2);
    var rows = trace.rollout().sequences();
    setup.policy.setParameters(after);
    try (var given = setup.policy.forward(rows, 1, before.routing(rows).orElseThrow())) {
      TokenTable old = trace.steps().get(2).objective().inputs().oldLogProbs();
      assertEquals(given.logProbs().table(), old);
    }
    assertEquals(
        trace.steps().get(0).objective().inputs().logProbs(),
        trace.steps().get(0).objective().inputs().oldLogProbs(),
        "the first step is where the old policy is");
  }

  /** The shares of all completions are the whole gradient, where there is no other loss. */
  @Test
  void gradientsOfSingleTokensGoThroughTheReplayedExpertsToo() {
    Setup setup = new Setup();
    setup.policy = experts(new Balance.None());
    setup.sampler = other(3, BFLOAT16, Other.Experts.SAMPLER);
    GreedyDecoder decoder =
        new GreedyDecoder(TinyPolicies.LETTERS, TinyPolicies.MAX_NEW_TOKENS, new Workers(1));
    UpdateInspector inspector = UpdateInspector.of(8, 4, decoder);
    GrpoTrainer trainer = setup.grpo(Optional.empty());
    for (int update = 0; update < 8; update++) {
      Inspection seen = trainer.update(update, inspector).inspection().orElseThrow();
      seen.gradients().ifPresent(shares -> assertEquals(1, shares.rowShares().sum(), 1e-5));
    }
  }

  @Test
  void correctionsAndMasksActOnACompletionOfAnotherPolicy() {
    Setup setup = new Setup();
    for (ImportanceCorrection correction : List.of(TIS, ICE_POP)) {
      setup.policy = TinyPolicies.letters(3);
      setup.sampler = other(4, FLOAT32, Other.Experts.OWN);
      setup.correction = Optional.of(correction);
      assertTrue(sum(setup.run(8), "sampling/corrected") > 0.1);
    }
    setup.correction = Optional.empty();
    setup.sampler = two(4);
    setup.policy = TinyPolicies.letters(3);
    setup.objective = GrpoObjective.standard().withOffPolicyRowMask(new OffPolicyRowMask(0.02));
    assertTrue(sum(setup.run(8), "sampling/rows_masked") > 0.1);
    setup.policy = TinyPolicies.letters(3);
    setup.objective =
        GrpoObjective.of(
            new DppoSurrogate(DppoSurrogate.Divergence.TV, 0.05, 0.05, 20),
            new RatioLevel.TokenRatio(),
            Aggregation.tokenMean());
    assertTrue(sum(setup.run(8), "clip_ratio/region_mean") > 0.1);
  }

  @Test
  void theShareOutsideTheBoundsIsOfTokensOrOfCompletions() {
    TokenTable old = TokenTable.of(new double[][] {{0.5, -1, 0}, {0.2, 0.2}});
    TokenTable drawn = TokenTable.constant(old.lengths(), 0);
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 0}, {1, 1}});
    ImportanceCorrection byToken = new ImportanceCorrection(Unit.TOKEN, OutOfBounds.MASK, 0.5, 1.5);
    assertEquals(0.5, byToken.outside(old, drawn, mask));
    ImportanceCorrection byRow =
        new ImportanceCorrection(Unit.SEQUENCE, OutOfBounds.MASK, 0.7, 1.7);
    assertEquals(0.5, byRow.outside(old, drawn, mask));
  }

  @Test
  void aTrainerGoesOnFromItsStateToTheSameBits() {
    Setup setup = new Setup();
    setup.sampler = other(3, BFLOAT16, Other.Experts.OWN);
    setup.correction = Optional.of(TIS);
    GrpoTrainer whole = setup.grpo(Optional.empty());
    Setup.run(whole, 2);
    assertEquals(2, whole.state().recent().size());
    whole.update(2);
    whole.update(3);
    TrainerState state = whole.state();
    assertEquals(3, state.recent().size());
    assertEquals(1, state.recent().get(0).version());

    Setup fewer = new Setup();
    fewer.sampler = other(1, BFLOAT16, Other.Experts.OWN);
    List<TrainerState.Reference> kept = fewer.grpo(Optional.of(state)).state().recent();
    assertEquals(List.of(state.recent().get(2)), kept, "a fork may need fewer");

    DoubleVector here = setup.policy.parameters();
    UpdateTrace next = whole.update(4);
    Setup copy = new Setup();
    copy.sampler = setup.sampler;
    copy.correction = setup.correction;
    copy.policy.setParameters(here);
    GrpoTrainer second = copy.grpo(Optional.of(state));
    assertEquals(state, second.state());
    UpdateTrace again = second.update(4);
    assertEquals(next.rollout().groups(), again.rollout().groups());
    assertEquals(next.drift(), again.drift());
    assertEquals(
        next.steps().get(0).objective().lossByLogProb(),
        again.steps().get(0).objective().lossByLogProb());
  }

  @ParameterizedTest
  @EnumSource
  void learnsFromAnotherPolicysCompletions(Other.Experts routing) {
    Setup setup = new Setup();
    setup.policy = experts();
    setup.sampler = other(2, BFLOAT16, routing);
    setup.correction = Optional.of(new ImportanceCorrection(Unit.TOKEN, OutOfBounds.TRUNCATE, 2));
    setup.learningRate = 0.01;
    List<UpdateTrace> traces = setup.run(60);
    double reward = UpdateMetrics.of(traces.get(59)).get("reward");
    assertTrue(reward > 0.9, "reward " + reward);
  }

  @Test
  void ppoLearnsThroughTheSamplersExpertsToo() {
    Setup setup = new Setup();
    setup.policy = experts();
    setup.sampler = other(2, BFLOAT16, Other.Experts.SAMPLER);
    setup.miniBatches = 2;
    setup.learningRate = 0.003;
    List<UpdateTrace> traces = Setup.run(setup.ppo(), 50);
    assertEquals(0, sum(traces, "sampling/experts_changed"));
    double reward = UpdateMetrics.of(traces.get(49)).get("reward");
    assertTrue(reward > 0.9, "reward " + reward);
  }
}
