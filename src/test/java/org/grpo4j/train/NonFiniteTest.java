package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.objective.AdaptiveKlWeight;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.NonFinite;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TabularCritic;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkPolicies;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.task.Demonstration;
import org.grpo4j.task.Problem;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;
import org.junit.jupiter.api.Test;

/** Wherever a number stops being finite, it is said where, what and who; nothing takes it. */
class NonFiniteTest {

  private static final RandomStreams RANDOM = new RandomStreams(11);
  private static final Problem A = new Problem("a", "a");
  private static final Problem B = new Problem("b", "b");
  private static final RewardFunction LENGTH =
      (problem, completion) -> Reward.of("length", completion.length());

  private final Workers workers = new Workers(2);
  private Policy policy = TinyPolicies.letters(3);
  private RewardFunction reward = LENGTH;
  private AdvantageEstimator estimator = new RawRewardAdvantage();
  private GrpoObjective objective =
      GrpoObjective.of(
          ClippedSurrogate.symmetric(0.2), new RatioLevel.TokenRatio(), Aggregation.tokenMean());
  private WeightControllers controllers = WeightControllers.NONE;
  private TrainerState state = TrainerState.EMPTY;
  private double learningRate = 0.05;

  /** With two inner epochs of two mini-batches, so that old log-probabilities are needed. */
  private LearningSetup setup() {
    SamplingSettings sampling = new SamplingSettings(8, TinyPolicies.MAX_NEW_TOKENS, 1.0);
    RolloutSampler sampler = new RolloutSampler(TinyPolicies.LETTERS, sampling, RANDOM, workers);
    return new LearningSetup(
        policy,
        new SampledRollouts(new PromptSampler(List.of(A, B), RANDOM), sampler, 16),
        RewardScoring.of(reward),
        estimator,
        objective,
        LossTokens.ALL,
        new GrpoSettings(9, 16, 8, 1, 2, 2, learningRate, 0, TinyPolicies.ADAM, 1.0, 10, 1),
        controllers);
  }

  /** The fault of update 3; parameters stay finite. */
  private NonFinite fault() {
    return fault(new GrpoTrainer(setup(), RANDOM, Optional.of(state)));
  }

  private NonFinite fault(Trainer trainer) {
    boolean finite = isFinite(policy.parameters());
    NonFinite found = assertThrows(NonFiniteException.class, () -> trainer.update(3)).nonFinite();
    assertEquals(finite, isFinite(policy.parameters()), found.toString());
    assertEquals("update", found.where().orElseThrow().part());
    assertEquals(3, found.where().orElseThrow().number());
    return found;
  }

  private static boolean isFinite(DoubleVector values) {
    return Arrays.stream(values.toArray()).allMatch(Double::isFinite);
  }

  private static void assertText(String prompt, String text, NonFinite found) {
    NonFinite.Written by = found.completion().orElseThrow();
    assertEquals(prompt + " " + text, by.prompt() + " " + by.text(), found.toString());
  }

  private static int group(NonFinite found) {
    return Integer.parseInt(
        found.completion().orElseThrow().row().replaceAll("\\D+(\\d+).*", "$1"));
  }

  @Test
  void aReward() {
    reward =
        (problem, completion) ->
            Reward.of("broken", completion.length() > 2 ? Double.NEGATIVE_INFINITY : 0);
    NonFinite found = fault();
    assertEquals("reward", found.quantity());
    assertEquals(Double.NEGATIVE_INFINITY, found.value());
    assertEquals(Optional.empty(), found.place());
    assertTrue(found.completion().orElseThrow().text().length() >= 2, "" + found);
    assertTrue(found.toString().startsWith("update 3: reward is -Infinity; group "), "" + found);
  }

  /** On a thread of a worker. */
  @Test
  void aLogitInTheSampler() {
    double[] values = policy.parameters().toArray();
    values[values.length / 2 + 2] = Double.NaN; // prompt b, first token, symbol a
    policy.setParameters(DoubleVector.of(values));
    NonFinite found = fault();
    assertEquals("logit", found.quantity());
    assertEquals(Optional.of(new NonFinite.Token(0, "a")), found.place());
    assertText("b", "", found);
    List<Problem> asked = new PromptSampler(List.of(A, B), RANDOM).sample(3, 16);
    assertEquals(asked.indexOf(B), group(found), found.toString());
  }

  @Test
  void logProbabilitiesOfTheReferencePolicy() {
    objective = objective.withKl(KlPenalty.of(0.1, KlEstimator.K3));
    double[] values = policy.parameters().toArray();
    values[1] = Double.NaN; // prompt a, first token
    Optional<TrainerState.Reference> reference =
        Optional.of(new TrainerState.Reference(0, DoubleVector.of(values)));
    OptionalDouble none = OptionalDouble.empty();
    state = new TrainerState(reference, List.of(), none, none, none);
    NonFinite found = fault();
    assertEquals("reference log-probability", found.quantity());
    assertEquals(0, ((NonFinite.Token) found.place().orElseThrow()).position());
    assertEquals("a", found.completion().orElseThrow().prompt());
  }

  @Test
  void anAdvantage() {
    estimator = new Broken(21, Double.NaN);
    NonFinite found = fault();
    assertEquals("advantage", found.quantity());
    assertEquals("group 2, completion 5", found.completion().orElseThrow().row());
    assertEquals(Optional.empty(), found.where().orElseThrow().step());
  }

  @Test
  void theLossNamesItsToken() {
    objective = objective.withKl(KlPenalty.of(Double.MAX_VALUE, KlEstimator.K3));
    learningRate = 5;
    NonFinite found = fault();
    assertEquals("loss", found.quantity());
    assertTrue(found.place().orElseThrow() instanceof NonFinite.Token, "" + found);
    NonFinite.Step step = found.where().orElseThrow().step().orElseThrow();
    assertEquals(new NonFinite.Step(0, 1), step, "the reference policy is left in the first step");
  }

  /** In single precision; one completion has the coefficient that is too large for it. */
  @Test
  void aGradientNamesItsTensorAndTheCompletionThatBroughtIt() {
    policy = network();
    estimator = new Broken(21, 1e60);
    NonFinite found = fault();
    assertEquals("gradient", found.quantity());
    String block = ((NonFinite.Element) found.place().orElseThrow()).block();
    assertTrue(policy.parameterBlocks().stream().anyMatch(b -> b.name().equals(block)), block);
    assertEquals("group 2, completion 5", found.completion().orElseThrow().row());
    assertEquals(0, found.where().orElseThrow().step().orElseThrow().epoch());
  }

  @Test
  void aNormThatOverflows() {
    estimator = new Broken(21, 1e200);
    assertEquals("gradient norm", fault().quantity());
  }

  /**
   * Adam that forgets squares at once divides what it remembers of a gradient by next to nothing
   * when the next one is 0: of a unit that is off in the second step.
   */
  @Test
  void aParameterThatAStepTakesOffTheFiniteNumbers() {
    policy = network();
    policy.resetOptimizer(new AdamSettings(0.9, 0, 1e-300));
    NonFinite found = fault();
    assertEquals("parameter", found.quantity());
    String block = ((NonFinite.Element) found.place().orElseThrow()).block();
    assertEquals("block0.feedforward.in.weight", block);
    assertEquals(Optional.empty(), found.completion(), "nobody has a part in a gradient of 0");
  }

  /** The step is finite, but not the sum. */
  @Test
  void aParameterThatOverflowsNamesTheCompletionThatPullsMost() {
    policy.setParameters(DoubleVector.constant(policy.parameterCount(), Double.MAX_VALUE));
    learningRate = 1e307;
    NonFinite found = fault();
    assertEquals("parameter", found.quantity());
    assertTrue(found.completion().isPresent(), found.toString());
    assertTrue(found.place().orElseThrow().toString().contains(".logits"), found.toString());
  }

  @Test
  void theNextWeightOfAPenalty() {
    objective = objective.withKl(KlPenalty.of(0.1, KlEstimator.K3));
    controllers = WeightControllers.NONE.withKl(new AdaptiveKlWeight(1e-9, Double.MIN_NORMAL));
    assertEquals("next weight of the KL penalty", fault().quantity());
  }

  @Test
  void theCritic() {
    TabularCritic critic =
        TabularCritic.zero(TinyPolicies.LETTERS.size(), 3, TinyPolicies.PROMPTS, TinyPolicies.ADAM);
    estimator = new GeneralizedAdvantage(1, 1, Optional.empty());
    ValueLoss loss = ValueLoss.unclipped(Aggregation.tokenMean());
    CriticSettings settings = new CriticSettings(0.5, 1e160, 0, TinyPolicies.ADAM, 1.0, loss);
    NonFinite found =
        fault(new PpoTrainer(setup(), critic, settings, RANDOM, Optional.of(TrainerState.EMPTY)));
    assertEquals("value loss", found.quantity());
    CriticSettings far = new CriticSettings(0.5, Double.MAX_VALUE, 0, TinyPolicies.ADAM, 1.0, loss);
    policy = TinyPolicies.letters(3);
    PpoTrainer trainer = new PpoTrainer(setup(), critic, far, RANDOM, Optional.empty());
    assertThrows(NonFiniteException.class, () -> trainer.update(3));
    assertTrue(isFinite(critic.parameters()));
  }

  @Test
  void theExampleOfTheColdStart() {
    policy = network();
    ColdStartCorpus corpus =
        new ColdStartCorpus(
            TinyPolicies.LETTERS, List.of(new Demonstration(A, "a"), new Demonstration(B, "ab")));
    ColdStartSettings settings =
        new ColdStartSettings(4, 8, 2, 1e38, 0, 0.1, TinyPolicies.ADAM, 1.0);
    ColdStart coldStart = new ColdStart(policy, corpus, settings, RANDOM, step -> {});
    NonFinite found =
        assertThrows(NonFiniteException.class, () -> coldStart.run(() -> false)).nonFinite();
    assertEquals("cold-start step", found.where().orElseThrow().part());
    assertEquals(1, found.where().orElseThrow().number());
    assertEquals("log-probability", found.quantity());
    assertEquals(new NonFinite.Token(0, "a"), found.place().orElseThrow());
    assertTrue(found.completion().orElseThrow().row().matches("example [01]"), "" + found);
    assertTrue(isFinite(policy.parameters()));
  }

  @Test
  void theSentenceIsOneLine() {
    NonFinite.Written hostile = new NonFinite.Written("group 0", "\u001b[31m\n", "x".repeat(99));
    NonFinite found =
        NonFinite.of("logit", Double.NaN).at(new NonFinite.Token(2, "\u202e")).by(hostile);
    assertEquals(
        "logit of token 2 '\\u{202e}' is NaN; group 0: \\u{1b}[31m\\u{a} " + "x".repeat(60) + "…",
        found.toString());
  }

  private Policy network() {
    TransformerShape shape = new TransformerShape(4, 8, 8, 1, 2, 16);
    Policy network = NetworkPolicies.transformer(shape, Precision.FAST_FLOAT, 5, workers);
    network.resetOptimizer(TinyPolicies.ADAM);
    return network;
  }

  /** One row has an advantage that nobody should have. */
  private record Broken(int row, double value) implements AdvantageEstimator {

    @Override
    public Advantages estimate(AdvantageInputs inputs) {
      double[] advantages = new double[inputs.rows()];
      advantages[row] = value;
      return Advantages.ofRows(this, inputs, advantages);
    }

    @Override
    public Explanation explain(AdvantageInputs inputs, int row, int token) {
      throw new UnsupportedOperationException();
    }
  }
}
