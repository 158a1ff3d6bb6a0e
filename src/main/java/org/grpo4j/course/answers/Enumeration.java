package org.grpo4j.course.answers;

import java.util.Arrays;
import java.util.function.Function;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.KlEstimator;

/** The exact numbers of a {@link SmallWorld}, with the library's estimators. */
final class Enumeration {

  /** Centred rewards, not divided by anything. */
  static final GroupRelativeAdvantage CENTRED = GroupRelativeAdvantage.scaledBy(RewardScale.NONE);

  private static final GroupRelativeAdvantage WITHOUT_EPSILON =
      new GroupRelativeAdvantage(RewardScale.GROUP, Deviation.SAMPLE, 0, SingletonRule.ZERO);

  private Enumeration() {}

  static double trueGradient(SmallWorld world) {
    return world.probabilities().get(0) * (world.rewards().get(0) - world.expectedReward());
  }

  static double oneSampleVariance(SmallWorld world, double baseline) {
    return world.variance(1, drawn -> world.oneSampleGradient(drawn[0], baseline));
  }

  static double bestBaseline(SmallWorld world) {
    double squares =
        SmallWorld.expected(world.probabilities(), 1, drawn -> square(world.score(drawn[0])));
    return SmallWorld.expected(
            world.probabilities(),
            1,
            drawn -> world.rewards().get(drawn[0]) * square(world.score(drawn[0])))
        / squares;
  }

  private static double square(double x) {
    return x * x;
  }

  static double expected(SmallWorld world, AdvantageEstimator estimator) {
    return SmallWorld.expected(
        world.probabilities(),
        world.groupSize(),
        group -> world.groupGradient(group, advantages(estimator, world.rewardsOf(group))));
  }

  static double groupVariance(SmallWorld world, AdvantageEstimator estimator) {
    return world.variance(
        world.groupSize(),
        group -> world.groupGradient(group, advantages(estimator, world.rewardsOf(group))));
  }

  private static double[] advantages(AdvantageEstimator estimator, double[] rewards) {
    int[] lengths = new int[rewards.length];
    Arrays.fill(lengths, 1);
    AdvantageInputs inputs =
        AdvantageInputs.of(
            DoubleVector.of(rewards),
            RowGroups.consecutive(rewards.length, rewards.length),
            TokenTable.constant(lengths, 1));
    return estimator.estimate(inputs).perRow().orElseThrow().toArray();
  }

  /** By what the gradient of a prompt with rewards of 0 and 1 is multiplied by Eq. 3. */
  static double deviationFactor(SmallWorld world, double successRate) {
    return factor(world, successRate, rewards -> advantages(WITHOUT_EPSILON, rewards));
  }

  static double meanFactor(SmallWorld world, double successRate) {
    return factor(world, successRate, Enumeration::dividedByMean);
  }

  private static double[] dividedByMean(double[] rewards) {
    double mean = 0;
    for (double reward : rewards) {
      mean += reward / rewards.length;
    }
    double[] advantages = new double[rewards.length];
    for (int i = 0; i < rewards.length && mean > 0; i++) {
      advantages[i] = (rewards[i] - mean) / mean;
    }
    return advantages;
  }

  /** Symbol 0 is right with {@code successRate}, symbol 1 is wrong; one logit between them. */
  private static double factor(
      SmallWorld world, double successRate, Function<double[], double[]> advantages) {
    DoubleVector probabilities = DoubleVector.of(successRate, 1 - successRate);
    double gradient =
        SmallWorld.expected(
            probabilities,
            world.groupSize(),
            group -> {
              double[] rewards = new double[group.length];
              for (int i = 0; i < rewards.length; i++) {
                rewards[i] = 1 - group[i];
              }
              double[] given = advantages.apply(rewards);
              double sum = 0;
              for (int i = 0; i < group.length; i++) {
                sum += given[i] * (rewards[i] - successRate) / group.length;
              }
              return sum;
            });
    return gradient / (successRate * (1 - successRate));
  }

  private static double logRatio(SmallWorld world, int symbol) {
    return Math.log(world.probabilities().get(symbol) / world.reference().get(symbol));
  }

  static double divergence(SmallWorld world) {
    return expectedValue(world, KlEstimator.K1);
  }

  static double expectedValue(SmallWorld world, KlEstimator estimator) {
    return SmallWorld.expected(
        world.probabilities(), 1, drawn -> estimator.value(logRatio(world, drawn[0])));
  }

  static double expectedSlope(SmallWorld world, KlEstimator estimator) {
    return SmallWorld.expected(
        world.probabilities(),
        1,
        drawn -> estimator.derivative(logRatio(world, drawn[0])) * world.score(drawn[0]));
  }
}
