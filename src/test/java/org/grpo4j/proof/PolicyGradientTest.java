package org.grpo4j.proof;

import static org.grpo4j.proof.Vectors.assertSame;
import static org.grpo4j.proof.Vectors.times;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.CispoSurrogate;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.DppoSurrogate;
import org.grpo4j.objective.DualClipSurrogate;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ImportanceWeightedSurrogate;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.objective.SapoSurrogate;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.objective.TwoSidedSurrogate;
import org.grpo4j.objective.VespoSurrogate;
import org.grpo4j.policy.EnumeratedCompletion;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TokenDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The expected gradient of every advantage estimator and surrogate, by summing over every batch
 * that can be sampled, against the gradient of the expected reward.
 */
class PolicyGradientTest {

  private static final int GROUP_SIZE = 3;
  private static final Aggregation SUM = new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT);

  private final ExactWorld world = Worlds.of(3, 0.7, 0.3);

  static Stream<NamedEstimator> estimators() {
    return NamedEstimator.all().stream();
  }

  private static double[] descent(ExactWorld world, NamedEstimator one, GrpoObjective objective) {
    return times(-1, expectation(world, one, objective, GROUP_SIZE).mean());
  }

  static ExactExpectation expectation(
      ExactWorld world, NamedEstimator one, GrpoObjective objective, int groupSize) {
    return ExactExpectation.of(
        world,
        groupSize,
        batch -> objective.evaluate(batch.objectiveInputs(one.estimate(batch))).lossByLogProb());
  }

  static GrpoObjective reinforce(Aggregation aggregation) {
    return GrpoObjective.of(new ReinforceSurrogate(), new RatioLevel.TokenRatio(), aggregation);
  }

  @Test
  void theProbabilitiesOfAllBatchesSumToOne() {
    for (ExactWorld one : List.of(world, Worlds.twoOf(0.1, 0.6))) {
      double[] sum = new double[1];
      ExactExpectation.forEachBatch(one, GROUP_SIZE, batch -> sum[0] += batch.probability());
      assertEquals(1, sum[0], 1e-13);
    }
    assertEquals(0.3, Worlds.oneOf(0.3).expectedReward(0), 1e-14);
  }

  @Test
  void theTrueGradientIsTheSlopeOfTheExpectedReward() {
    TabularPolicy policy = world.policy();
    double[] gradient = world.gradientOfExpectedReward();
    double[] parameters = policy.parameters().toArray();
    double[] slopes = new double[parameters.length];
    double h = 1e-5;
    for (int k = 0; k < slopes.length; k++) {
      double[] moved = parameters.clone();
      moved[k] = parameters[k] + h;
      policy.setParameters(DoubleVector.of(moved));
      double above = expectedReward(policy);
      moved[k] = parameters[k] - h;
      policy.setParameters(DoubleVector.of(moved));
      slopes[k] = (above - expectedReward(policy)) / (2 * h);
    }
    policy.setParameters(DoubleVector.of(parameters));
    assertSame(slopes, gradient, 1e-9, "gradient of the expected reward");
  }

  private double expectedReward(TabularPolicy policy) {
    double expected = 0;
    for (EnumeratedCompletion one :
        policy.enumerate(world.rows().get(0).sequence().prompt(), world.temperature())) {
      expected += one.probability() * Worlds.isRight(one.tokens(), one.tokens());
    }
    return expected;
  }

  /** Baselines that do not depend on the completion itself, or by a known factor only. */
  @Test
  void unbiasedEstimatorsGiveTheTrueGradient() {
    double withItself = (GROUP_SIZE - 1.0) / GROUP_SIZE;
    Map<String, Double> factors =
        Map.of(
            "reward itself", 1.0,
            "leave one out (RLOO)", 1.0,
            "minus reward of the greedy completion (ReMax)", 1.0,
            "1 if right, else 0 (rejection sampling)", 1.0,
            "minus mean of the group (Dr. GRPO)", withItself,
            "minus mean of the batch", withItself,
            "GAE, perfect critic, lambda 0.95", 1.0,
            "GAE, perfect critic, lambda 0", 1.0,
            "GAE, critic that says 0, lambda 1", 1.0,
            "GAE, wrong critic, lambda 1", 1.0);
    factors.forEach(
        (name, factor) ->
            assertSame(
                times(factor, world.gradientOfExpectedReward()),
                descent(world, NamedEstimator.named(name), reinforce(SUM)),
                1e-12,
                name));
  }

  /** So a critic that is wrong is harmless at lambda 1 only. */
  @Test
  void aWrongCriticBiasesTheGradientBelowLambdaOne() {
    double[] truth = world.gradientOfExpectedReward();
    for (String name : List.of("GAE, wrong critic, lambda 0.95", "GAE, wrong critic, lambda 0")) {
      double[] biased = descent(world, NamedEstimator.named(name), reinforce(SUM));
      double bias = Vectors.norm(Vectors.minus(biased, truth)) / Vectors.norm(truth);
      assertTrue(bias > 0.01, name + ": " + bias);
    }
  }

  /**
   * Rewards of 0 and 1: dividing by the deviation multiplies the gradient of a prompt by {@code
   * E[k(G-k) / (std(k) + eps)] / (G^2 p (1-p))}, k the number of right completions.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.9})
  void theDeviationRescalesAPromptByAKnownFactor(double p) {
    ExactWorld one = Worlds.oneOf(p);
    double factor = DeviationFactor.of(p, GROUP_SIZE, 1e-4);
    assertSame(
        times(factor, one.gradientOfExpectedReward()),
        descent(one, NamedEstimator.named("group mean and deviation (GRPO)"), reinforce(SUM)),
        1e-12,
        "p = " + p);
  }

  /** MaxRL's is the gradient of the series of {@code log p} up to order G - 1. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.9})
  void theMeanAndTheBestRescaleAPromptByKnownFactors(double p) {
    ExactWorld one = Worlds.oneOf(p);
    double allOthersWrong = Math.pow(1 - p, GROUP_SIZE - 1);
    Map<String, Double> factors =
        Map.of(
            "minus mean of the group, divided by it (MaxRL)",
            (1 - allOthersWrong) / p,
            "best of the group, minus the second (pass@k)",
            allOthersWrong);
    factors.forEach(
        (name, factor) ->
            assertSame(
                times(factor, one.gradientOfExpectedReward()),
                descent(one, NamedEstimator.named(name), reinforce(SUM)),
                1e-12,
                name + ", p = " + p));
  }

  /** The best reward of every batch, as the score of all its completions: what pass@k climbs. */
  @Test
  void theBestOfTheGroupClimbsTheExpectedBestReward() {
    ExactWorld graded = Worlds.random(3, 1, 1);
    ExactExpectation ofBest =
        ExactExpectation.of(
            graded,
            GROUP_SIZE,
            batch -> {
              double best = Arrays.stream(batch.rewards().toArray()).max().orElseThrow();
              return TokenTable.constant(batch.mask().lengths(), best / GROUP_SIZE);
            });
    NamedEstimator estimator = NamedEstimator.named("best of the group, minus the second (pass@k)");
    assertSame(ofBest.mean(), descent(graded, estimator, reinforce(SUM)), 1e-11, "pass@k");
  }

  /** A baseline by position of the others is unbiased; with the completion in it, it is not. */
  @Test
  void aBaselineByPositionIsUnbiasedWithoutTheCompletionItself() {
    for (ExactWorld one : List.of(world, Worlds.random(3, 1, 2))) {
      double[] truth = one.gradientOfExpectedReward();
      for (String name :
          List.of(
              "baseline by position, of the others",
              "baseline by position, of the others, weights of the token")) {
        assertSame(truth, descent(one, NamedEstimator.named(name), reinforce(SUM)), 1e-12, name);
      }
      double[] withItself =
          descent(one, NamedEstimator.named("baseline by position (OTB)"), reinforce(SUM));
      double cosine = Vectors.cosine(truth, withItself);
      assertTrue(cosine < 1 - 1e-6, "cosine " + cosine);
    }
  }

  /**
   * With the whole distribution known, every baseline by position is unbiased; in a table of logits
   * the scores of different tokens are orthogonal, and the weights of the token itself are best.
   */
  @Test
  void theBaselineByPositionOfTheTokensOwnWeightsHasTheLeastNoise() {
    for (ExactWorld one : List.of(world, Worlds.oneOf(0.05), Worlds.random(3, 1, 3))) {
      double least = noise(one, baseline(one, false, true));
      assertTrue(least < noise(one, baseline(one, true, true)), "gathered weights");
      assertTrue(least < noise(one, baseline(one, false, false)), "mean of those that are there");
      double mean = one.expectedReward(0);
      assertTrue(least < noise(one, new double[] {mean, mean, mean}), "mean");
      assertTrue(least < noise(one, new double[3]), "none");
    }
    // The paper's weights are not safe: in this world the plain mean has less noise.
    double mean = world.expectedReward(0);
    assertTrue(
        noise(world, baseline(world, true, true)) > noise(world, new double[] {mean, mean, mean}));
  }

  /** The expected reward of the completions that have a token {@code t}, weighted. */
  private static double[] baseline(ExactWorld one, boolean gathered, boolean weighted) {
    double[] sums = new double[3];
    double[] weights = new double[3];
    for (ExactWorld.Row row : one.rows(0)) {
      double weight = 0;
      for (int t = 0; t < row.scores().size(); t++) {
        double[] score = row.scores().get(t).toArray();
        weight = (gathered ? weight : 0) + (weighted ? Vectors.dot(score, score) : 1);
        sums[t] += row.probability() * weight * row.reward();
        weights[t] += row.probability() * weight;
      }
    }
    for (int t = 0; t < sums.length; t++) {
      sums[t] /= weights[t];
    }
    return sums;
  }

  /** Of the gradient of one completion with these baselines, whose mean is the true gradient. */
  private static double noise(ExactWorld one, double[] baselines) {
    ExactExpectation expected =
        ExactExpectation.of(
            one,
            1,
            batch -> {
              double[][] coefficients = batch.mask().toArrays();
              for (int t = 0; t < coefficients[0].length; t++) {
                coefficients[0][t] = batch.rewards().get(0) - baselines[t];
              }
              return TokenTable.of(coefficients);
            });
    assertSame(one.gradientOfExpectedReward(), expected.mean(), 1e-12, "with baselines");
    return expected.noise();
  }

  /** Eq. 63: along {@code z += eta A} the entropy of a soft-max falls by {@code Cov(A, log p)}. */
  @Test
  void entropyFallsByTheCovarianceOfAdvantageAndLogProbability() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 20; trial++) {
      double[] logits = new double[6];
      double[] advantages = new double[6];
      for (int v = 0; v < logits.length; v++) {
        logits[v] = 3 * random.nextDouble();
        advantages[v] = 2 * random.nextDouble() - 1;
      }
      TokenDistribution at = TokenDistribution.of(logits, 1);
      double mean = 0;
      double covariance = 0;
      for (int v = 0; v < logits.length; v++) {
        mean += at.probability(v) * advantages[v];
      }
      for (int v = 0; v < logits.length; v++) {
        double ahead = advantages[v] - mean;
        covariance += at.probability(v) * ahead * (at.logProbability(v) + at.entropy());
      }
      double eta = 1e-5;
      double slope =
          (entropy(logits, advantages, eta) - entropy(logits, advantages, -eta)) / (2 * eta);
      assertEquals(slope, -covariance, 1e-9);
    }
  }

  private static double entropy(double[] logits, double[] advantages, double eta) {
    double[] moved = logits.clone();
    for (int v = 0; v < moved.length; v++) {
      moved[v] += eta * advantages[v];
    }
    return TokenDistribution.of(moved, 1).entropy();
  }

  /** Every group that is not all alike then has the same deviation, so nothing is reweighted. */
  @Test
  void inGroupsOfTwoAndThreeTheFactorDoesNotDependOnTheSuccessRate() {
    for (int groupSize : List.of(2, 3)) {
      double even = DeviationFactor.of(0.5, groupSize, 0);
      assertEquals(even, DeviationFactor.of(0.01, groupSize, 0), 1e-12);
      assertEquals(even, DeviationFactor.of(0.9, groupSize, 0), 1e-12);
    }
    assertTrue(DeviationFactor.of(0.01, 4, 0) > 1.05 * DeviationFactor.of(0.5, 4, 0));
  }

  /** With two prompts the factors differ, and the sum points elsewhere. */
  @Test
  void overPromptsOfDifferentDifficultyTheDeviationTurnsTheGradient() {
    ExactWorld two = Worlds.twoOf(0.05, 0.5);
    double[] truth = two.gradientOfExpectedReward();
    NamedEstimator drGrpoEstimator = NamedEstimator.named("minus mean of the group (Dr. GRPO)");
    NamedEstimator grpoEstimator = NamedEstimator.named("group mean and deviation (GRPO)");
    double[] drGrpo = times(-1, expectation(two, drGrpoEstimator, reinforce(SUM), 4).mean());
    double[] grpo = times(-1, expectation(two, grpoEstimator, reinforce(SUM), 4).mean());
    assertSame(times(3.0 / 4, truth), drGrpo, 1e-12, "Dr. GRPO");
    assertTrue(Vectors.cosine(truth, grpo) < 1 - 1e-5, "cosine " + Vectors.cosine(truth, grpo));
  }

  /** At ratio 1 every surrogate has REINFORCE's gradient, whatever the advantages are. */
  @ParameterizedTest
  @MethodSource("estimators")
  void everySurrogateIsReinforceAtRatioOne(NamedEstimator estimator) {
    for (Aggregation aggregation : List.of(SUM, Aggregation.tokenMean())) {
      double[] expected = descent(world, estimator, reinforce(aggregation));
      for (Surrogate surrogate : surrogates()) {
        for (RatioLevel level :
            List.of(new RatioLevel.TokenRatio(), new RatioLevel.GspoTokenRatio())) {
          GrpoObjective objective = GrpoObjective.of(surrogate, level, aggregation);
          assertSame(
              expected,
              descent(world, estimator, objective),
              1e-12,
              estimator + ", " + surrogate + ", " + level);
        }
      }
    }
  }

  /** One ratio per completion spreads its coefficient over the completion's tokens. */
  @Test
  void aRatioPerCompletionIsReinforceAtRatioOne() {
    NamedEstimator estimator = NamedEstimator.named("leave one out (RLOO)");
    Aggregation perRow = Aggregation.sequenceMeanTokenMean();
    Surrogate weighted = new ImportanceWeightedSurrogate();
    double[] perToken = descent(world, estimator, reinforce(perRow));
    double[] perCompletion = descent(world, estimator, reinforce(SUM));
    assertSame(
        perToken,
        descent(
            world, estimator, GrpoObjective.of(weighted, new RatioLevel.SequenceRatio(), perRow)),
        1e-12,
        "mean log-ratio: the mean over the tokens");
    assertSame(
        perCompletion,
        descent(
            world,
            estimator,
            GrpoObjective.of(weighted, new RatioLevel.SequenceProductRatio(), perRow)),
        1e-12,
        "product of ratios: the sum over the tokens");
  }

  /** On samples of another policy only the product over the completion keeps the truth. */
  @Test
  void offPolicyTheProductOfRatiosStaysUnbiasedAndTokenRatiosDoNot() {
    ExactWorld old = Worlds.random(3, 1, 1);
    ExactWorld current = Worlds.random(3, 1, 2);
    double[] truth = current.gradientOfExpectedReward();
    Surrogate weighted = new ImportanceWeightedSurrogate();
    Aggregation perRow = Aggregation.sequenceMeanTokenMean();
    double[] product =
        offPolicy(
            old,
            current,
            GrpoObjective.of(weighted, new RatioLevel.SequenceProductRatio(), perRow));
    double[] tokens =
        offPolicy(old, current, GrpoObjective.of(weighted, new RatioLevel.TokenRatio(), SUM));
    assertSame(truth, product, 1e-12, "product of ratios");
    assertTrue(Vectors.cosine(truth, tokens) < 0.999, "cosine " + Vectors.cosine(truth, tokens));
  }

  /** Without a baseline: a baseline of old rewards would be another function of the batch. */
  private static double[] offPolicy(ExactWorld old, ExactWorld current, GrpoObjective objective) {
    NamedEstimator raw = NamedEstimator.named("reward itself");
    return times(
        -1,
        ExactExpectation.of(
                old,
                current,
                2,
                batch ->
                    objective
                        .evaluate(
                            batch
                                .objectiveInputs(raw.estimate(batch))
                                .withLogProbs(batch.logProbs(current)))
                        .lossByLogProb())
            .mean());
  }

  static List<Surrogate> surrogates() {
    ClippedSurrogate clip = ClippedSurrogate.symmetric(0.2);
    List<Surrogate> all = new ArrayList<>();
    all.add(new ImportanceWeightedSurrogate());
    all.add(clip);
    all.add(ClippedSurrogate.symmetric(0));
    all.add(new ClippedSurrogate(0.2, 0.28));
    all.add(new TwoSidedSurrogate(clip, 4));
    all.add(new DualClipSurrogate(clip, 3));
    all.add(new CispoSurrogate(0, 5));
    all.add(new SapoSurrogate(1, 1.05));
    all.add(new VespoSurrogate(2, 3, 3, 2));
    all.add(new DppoSurrogate(DppoSurrogate.Divergence.TV, 0, 0, 1));
    all.add(new DppoSurrogate(DppoSurrogate.Divergence.KL, 0.2, 0.2, 20));
    return all;
  }
}
