package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TabularCritic;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkCritics;
import org.grpo4j.policy.network.NetworkPolicies;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.task.Problem;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PpoTrainerTest {

  private static final List<Problem> PROBLEMS =
      List.of(new Problem("a", "a"), new Problem("b", "b"));

  /** Say what you were given, and stop. */
  private static final RewardFunction ECHO =
      (problem, completion) ->
          Reward.of("echo", completion.text().equals(problem.answer()) ? 1 : 0);

  private static final RandomStreams RANDOM = new RandomStreams(11);

  private static final GeneralizedAdvantage WHITENED =
      new GeneralizedAdvantage(1, 1, Optional.of(Whitening.standard()));

  private static final GrpoObjective OBJECTIVE =
      GrpoObjective.of(
          ClippedSurrogate.symmetric(0.2), new RatioLevel.TokenRatio(), Aggregation.tokenMean());

  /** The settings of a test; the defaults are those of the recipes. */
  private static final class Setup {
    Policy policy = TinyPolicies.letters(3);
    Critic critic = tabularCritic();
    RewardScoring rewards = RewardScoring.of(ECHO);
    GeneralizedAdvantage advantages = WHITENED;
    GrpoObjective objective = OBJECTIVE;
    ValueLoss valueLoss = ValueLoss.unclipped(Aggregation.tokenMean());
    int innerEpochs = 1;
    int miniBatches = 1;
    double learningRate = 0.05;

    PpoTrainer trainer() {
      return trainer(Optional.empty());
    }

    PpoTrainer trainer(Optional<TrainerState> state) {
      LearningSetup setup =
          new LearningSetup(
              policy,
              new SampledRollouts(
                  new PromptSampler(PROBLEMS, RANDOM),
                  new RolloutSampler(
                      TinyPolicies.LETTERS,
                      new SamplingSettings(1, TinyPolicies.MAX_NEW_TOKENS, 1.0),
                      RANDOM,
                      new Workers(1)),
                  32),
              rewards,
              advantages,
              objective,
              LossTokens.ALL,
              new GrpoSettings(
                  1,
                  32,
                  1,
                  1,
                  innerEpochs,
                  miniBatches,
                  learningRate,
                  5,
                  TinyPolicies.ADAM,
                  1.0,
                  10,
                  1),
              WeightControllers.NONE);
      CriticSettings ofCritic = new CriticSettings(0.5, 0.05, 0, TinyPolicies.ADAM, 1.0, valueLoss);
      return new PpoTrainer(setup, critic, ofCritic, RANDOM, state);
    }
  }

  private static TabularCritic tabularCritic() {
    return TabularCritic.zero(
        TinyPolicies.LETTERS.size(),
        TinyPolicies.MAX_NEW_TOKENS,
        TinyPolicies.PROMPTS,
        TinyPolicies.ADAM);
  }

  private static double meanReward(UpdateTrace trace) {
    return trace.rewards().stream().mapToDouble(Reward::total).average().orElseThrow();
  }

  private static void assertLearns(PpoTrainer trainer, int updates) {
    double first = 0;
    double last = 0;
    for (int update = 0; update < updates; update++) {
      double reward = meanReward(trainer.update(update));
      first += update < 10 ? reward / 10 : 0;
      last += update >= updates - 10 ? reward / 10 : 0;
    }
    assertTrue(first < 0.4, "starts knowing little: " + first);
    assertTrue(last > 0.9, "learned: " + last);
  }

  @Test
  void learnsWithATable() {
    assertLearns(new Setup().trainer(), 120);
  }

  private static Policy network(Precision precision, Workers workers) {
    TransformerShape shape = new TransformerShape(4, 4, 16, 1, 2, 32);
    return NetworkPolicies.transformer(shape, precision, 3, workers);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST_FLOAT", "PLAIN_FLOAT"})
  void learnsWithANetworkAsCritic(Precision precision) {
    Setup setup = new Setup();
    Workers workers = new Workers(1);
    setup.policy = network(precision, workers);
    setup.critic = NetworkCritics.separate(setup.policy, 5, workers);
    setup.learningRate = 0.01;
    assertLearns(setup.trainer(), 150);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST_FLOAT", "PLAIN_FLOAT"})
  void learnsWithAValueHead(Precision precision) {
    Setup setup = new Setup();
    Workers workers = new Workers(1);
    setup.policy = NetworkCritics.withValueHead(network(precision, workers), 5, workers);
    setup.critic = NetworkCritics.valueHead(setup.policy);
    setup.learningRate = 0.01;
    PpoTrainer trainer = setup.trainer();
    assertLearns(trainer, 150);
    UpdateTrace trace = trainer.update(150);
    assertTrue(trace.steps().get(0).value().orElseThrow().gradient().isEmpty());
    assertTrue(UpdateMetrics.of(trace).named().containsKey("value_loss"));
  }

  @Test
  void theCriticComesToExplainTheReturns() {
    Setup setup = new Setup();
    // A policy that hardly moves: the critic is to learn the values of this one.
    setup.learningRate = 1e-9;
    PpoTrainer trainer = setup.trainer();
    double first = UpdateMetrics.of(trainer.update(0)).get("explained_variance");
    double later = 0;
    for (int update = 1; update <= 200; update++) {
      UpdateMetrics metrics = UpdateMetrics.of(trainer.update(update));
      later += update > 180 ? metrics.get("explained_variance") / 20 : 0;
    }
    assertEquals(0, first, 1e-12);
    assertTrue(later > 0.3, "explained variance: " + later);
  }

  @Test
  void withOneOptimizerStepTheRatioIsExactlyOne() {
    PpoTrainer trainer = new Setup().trainer();
    for (int update = 0; update < 10; update++) {
      TokenTable ratios = trainer.update(update).steps().get(0).objective().ratios();
      assertEquals(TokenTable.constant(ratios.lengths(), 1), ratios);
    }
  }

  @Test
  void advantagesAreWhiteAndReturnsAreNot() {
    UpdateTrace trace = new Setup().trainer().update(0);
    TokenTable mask = trace.rollout().mask();
    Moments moments = Moments.ofMasked(trace.advantages().perToken(), mask);
    assertEquals(0, moments.mean(), 1e-12);
    assertEquals(1, moments.sampleStandardDeviation(), 1e-6);
    // gamma = lambda = 1 and a critic that says 0: each return is the completion's reward.
    TokenTable returns = trace.advantages().returns().orElseThrow();
    for (int i = 0; i < returns.rows(); i++) {
      for (int t = 0; t < returns.length(i); t++) {
        assertEquals(trace.rewards().get(i).total(), returns.get(i, t), 0);
      }
    }
  }

  @Test
  void innerEpochsAndMiniBatchesKeepOldValuesAndReturns() {
    Setup setup = new Setup();
    setup.innerEpochs = 2;
    setup.miniBatches = 4;
    setup.valueLoss = new ValueLoss(0.001, Aggregation.tokenMean());
    UpdateTrace trace = setup.trainer().update(0);
    assertEquals(8, trace.steps().size());
    List<Integer> rows = new ArrayList<>();
    for (UpdateTrace.OptimizerStep step : trace.steps()) {
      rows.addAll(step.rows());
    }
    assertEquals(64, rows.size());
    assertEquals(0, trace.steps().get(0).value().orElseThrow().loss().clipFraction(), 0);
    double moved = trace.steps().get(7).value().orElseThrow().loss().clipFraction();
    assertTrue(moved > 0, "values have left the range of the old ones: " + moved);
    assertEquals(8, trace.steps().get(7).value().orElseThrow().gradient().orElseThrow().version());
  }

  @Test
  void aDivergenceInTheRewardIsSpreadOverTokensAndOneInTheLossIsNot() {
    Setup inReward = new Setup();
    inReward.rewards = RewardScoring.of(ECHO).withKl(KlInReward.of(0.5));
    PpoTrainer trainer = inReward.trainer();
    trainer.update(0);
    UpdateTrace trace = trainer.update(1);
    TokenTable rewards = trace.advantages().inputs().tokenRewards().orElseThrow();
    TokenTable old = trace.steps().get(0).objective().inputs().oldLogProbs();
    TokenTable reference = trace.reference().orElseThrow().logProbs();
    for (int i = 0; i < rewards.rows(); i++) {
      for (int t = 0; t < rewards.length(i); t++) {
        double score = t == rewards.length(i) - 1 ? trace.rewards().get(i).total() : 0;
        double expected = score - 0.5 * (old.get(i, t) - reference.get(i, t));
        assertEquals(expected, rewards.get(i, t), 1e-12);
      }
    }
    assertEquals(1, trace.steps().get(0).objective().metrics().ratioMax(), 0);

    Setup inLoss = new Setup();
    inLoss.objective = OBJECTIVE.withKl(KlPenalty.of(0.5, KlEstimator.K2));
    UpdateTrace other = inLoss.trainer().update(0);
    assertTrue(UpdateMetrics.of(other).named().containsKey("kl"));
    TokenTable scores = other.advantages().inputs().tokenRewards().orElseThrow();
    for (int i = 0; i < scores.rows(); i++) {
      assertEquals(other.rewards().get(i).total(), scores.row(i).sum(), 0);
    }
  }

  @Test
  void aRunThatIsSavedAndReadBackGoesOnToTheSameBits(@TempDir Path directory) throws Exception {
    Setup whole = new Setup();
    PpoTrainer trainer = whole.trainer();
    for (int update = 0; update < 3; update++) {
      trainer.update(update);
    }
    Path critic = Files.createDirectory(directory.resolve("critic"));
    whole.policy.save(directory);
    whole.critic.save(critic);
    Setup resumed = new Setup();
    resumed.policy = TabularPolicy.load(directory);
    resumed.critic = TabularCritic.load(critic);
    PpoTrainer second = resumed.trainer(Optional.of(trainer.state()));
    for (int update = 3; update < 6; update++) {
      assertEquals(
          UpdateMetrics.of(trainer.update(update)).named(),
          UpdateMetrics.of(second.update(update)).named());
    }
    assertEquals(whole.policy.parameters(), resumed.policy.parameters());
  }

  @Test
  void aValueThatIsNotFiniteStopsTheRunBeforeTheStep() {
    Setup setup = new Setup();
    setup.rewards =
        RewardScoring.of((problem, completion) -> Reward.of("broken", Double.POSITIVE_INFINITY));
    setup.advantages = new GeneralizedAdvantage(1, 1, Optional.empty());
    PpoTrainer trainer = setup.trainer();
    assertThrows(NonFiniteException.class, () -> trainer.update(0));
    assertEquals(TinyPolicies.letters(3).parameters(), setup.policy.parameters());
  }

  /** The promise of both files: the diff is what the critic adds, and nothing else. */
  @Test
  void theDiffToGrpoIsTheCritic() throws Exception {
    List<String> grpo = code("GrpoTrainer");
    List<String> ppo = code("PpoTrainer");
    List<String> critics =
        ppo.stream().filter(line -> line.matches("(?i).*(critic|value).*")).toList();
    List<String> added = without(ppo, grpo);
    List<String> changed = without(grpo, ppo);
    assertEquals(5, changed.size(), "lines that PPO has otherwise: " + changed);
    assertEquals(29, added.size(), "lines that PPO has instead and beside: " + added);
    assertEquals(20, critics.size(), "of them with the critic: " + critics);
    assertTrue(added.containsAll(critics));
  }

  /** The lines of {@code one} that a longest common subsequence with {@code other} leaves out. */
  private static List<String> without(List<String> one, List<String> other) {
    int[][] common = new int[one.size() + 1][other.size() + 1];
    for (int i = one.size() - 1; i >= 0; i--) {
      for (int j = other.size() - 1; j >= 0; j--) {
        common[i][j] =
            one.get(i).equals(other.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> left = new ArrayList<>();
    int j = 0;
    for (int i = 0; i < one.size(); i++) {
      while (j < other.size() && common[i][j + 1] == common[i][j]) {
        j++;
      }
      if (common[i + 1][j] == common[i][j]) {
        left.add(one.get(i));
      } else {
        j++;
      }
    }
    return left;
  }

  /** The lines of a class, without imports, comments and indentation. */
  private static List<String> code(String type) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line :
        Files.readAllLines(Path.of("src/main/java/org/grpo4j/train/" + type + ".java"))) {
      String code = line.replaceAll("//.*", "").strip();
      if (!code.isEmpty() && !code.matches("(\\*|/\\*|import ).*")) {
        lines.add(code);
      }
    }
    return lines;
  }
}
