package org.grpo4j.course.answers;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.KlEstimator;

/**
 * A question whose answer is a number, found by enumeration with the library's own estimators.
 *
 * @param id what the answer sheet calls it
 * @param text the question, in one sentence
 * @param answer the right number
 * @param wrong what known misunderstandings lead to
 */
record EnumerationQuestion(
    String id, String text, ToDoubleFunction<SmallWorld> answer, List<WrongAnswer> wrong) {

  /** Centred rewards, not divided by anything. */
  private static final GroupRelativeAdvantage CENTRED =
      GroupRelativeAdvantage.scaledBy(RewardScale.NONE);

  private static final GroupRelativeAdvantage WITHOUT_EPSILON =
      new GroupRelativeAdvantage(RewardScale.GROUP, Deviation.SAMPLE, 0, SingletonRule.ZERO);

  /**
   * A number that a known misunderstanding leads to.
   *
   * @param value the number
   * @param what what it is instead
   */
  record WrongAnswer(ToDoubleFunction<SmallWorld> value, String what) {}

  private static WrongAnswer wrong(ToDoubleFunction<SmallWorld> value, String what) {
    return new WrongAnswer(value, what);
  }

  private static EnumerationQuestion question(
      String id, String text, ToDoubleFunction<SmallWorld> answer, WrongAnswer... wrong) {
    return new EnumerationQuestion(id, text, answer, List.of(wrong));
  }

  static List<EnumerationQuestion> all() {
    return List.of(
        question(
            "true-gradient",
            "The derivative of the expected reward J by the logit of a.",
            EnumerationQuestion::trueGradient,
            wrong(SmallWorld::expectedReward, "J itself"),
            wrong(w -> -trueGradient(w), "its negative: J is climbed"),
            wrong(
                w -> w.probabilities().get(0) * (1 - w.probabilities().get(0)),
                "the derivative of the probability of a; b earns something too")),
        question(
            "variance-alone",
            "The variance of r d log pi/dz_a, the estimate from one completion without a baseline.",
            w -> oneSampleVariance(w, 0),
            wrongVariances(w -> 0)),
        question(
            "variance-baseline",
            "The same with the expected reward J as the baseline.",
            w -> oneSampleVariance(w, w.expectedReward()),
            wrongVariances(SmallWorld::expectedReward)),
        question(
            "best-baseline",
            "The constant baseline for which that variance is smallest.",
            EnumerationQuestion::bestBaseline,
            wrong(
                SmallWorld::expectedReward,
                "J: the usual baseline, but squares of scores weigh the rewards")),
        question(
            "group-mean-factor",
            "Groups of G, each reward minus the mean of its group: the expected gradient in units"
                + " of the true one.",
            w -> expected(w, CENTRED) / trueGradient(w),
            wrong(w -> 1, "the factor of leave-one-out: here the mean contains the reward itself"),
            wrong(w -> w.groupSize() / (w.groupSize() - 1.0), "the inverse")),
        question(
            "leave-one-out-variance",
            "The variance of the gradient of one group of G with leave-one-out (RLOO).",
            w -> groupVariance(w, new LeaveOneOutAdvantage()),
            wrong(w -> groupVariance(w, CENTRED), "that with the group's mean as baseline"),
            wrong(
                w -> oneSampleVariance(w, w.expectedReward()) / w.groupSize(),
                "that with J as baseline: the mean of the others is not J, but an estimate"
                    + " of it")),
        question(
            "deviation-weights",
            "Rewards 0 and 1, divided by the group's sample deviation without an epsilon: the"
                + " factor of the hard prompt's gradient divided by that of the medium one's.",
            EnumerationQuestion::deviationWeights,
            wrong(w -> 1 / deviationWeights(w), "the inverse"),
            wrong(
                w -> Math.sqrt(w.medium() * (1 - w.medium()) / (w.hard() * (1 - w.hard()))),
                "that of infinitely large groups")),
        question(
            "mean-weights",
            "The same if centred rewards are divided by the group's mean instead (0 if nobody is"
                + " right).",
            EnumerationQuestion::meanWeights,
            wrong(w -> 1 / meanWeights(w), "the inverse"),
            wrong(w -> w.medium() / w.hard(), "that of infinitely large groups")),
        question(
            "k2-bias",
            "The expectation of K2 under pi minus KL(pi || ref).",
            EnumerationQuestion::k2Bias,
            wrong(w -> expectedValue(w, KlEstimator.K2), "K2's expectation"),
            wrong(w -> -k2Bias(w), "its negative")),
        question(
            "k3-gradient",
            "K3 in the loss: the expected derivative by the logit of a, the samples held fixed.",
            w -> expectedSlope(w, KlEstimator.K3),
            wrong(w -> 0, "that of K1"),
            wrong(w -> expectedSlope(w, KlEstimator.K2), "that of K2, of KL(pi || ref)"),
            wrong(w -> -expectedSlope(w, KlEstimator.K3), "its negative")));
  }

  private static WrongAnswer[] wrongVariances(ToDoubleFunction<SmallWorld> baseline) {
    ToDoubleFunction<SmallWorld> variance =
        world -> oneSampleVariance(world, baseline.applyAsDouble(world));
    return new WrongAnswer[] {
      wrong(world -> Math.sqrt(variance.applyAsDouble(world)), "the standard deviation"),
      wrong(
          world -> variance.applyAsDouble(world) + square(trueGradient(world)),
          "the mean square: the square of the mean is still in it"),
      wrong(
          world -> world.variance(1, drawn -> world.rewards().get(drawn[0])), "that of the reward")
    };
  }

  /** Eq. 3 weighs prompts so. */
  private static double deviationWeights(SmallWorld world) {
    return weights(world, rewards -> advantages(WITHOUT_EPSILON, rewards));
  }

  private static double meanWeights(SmallWorld world) {
    return weights(world, EnumerationQuestion::dividedByMean);
  }

  /** The factor of the hard prompt's gradient in units of the medium one's. */
  private static double weights(SmallWorld world, UnaryOperator<double[]> advantages) {
    return factor(world, world.hard(), advantages) / factor(world, world.medium(), advantages);
  }

  private static double trueGradient(SmallWorld world) {
    return world.probabilities().get(0) * (world.rewards().get(0) - world.expectedReward());
  }

  static double oneSampleVariance(SmallWorld world, double baseline) {
    return world.variance(1, drawn -> world.oneSampleGradient(drawn[0], baseline));
  }

  private static double bestBaseline(SmallWorld world) {
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

  private static double expected(SmallWorld world, AdvantageEstimator estimator) {
    return SmallWorld.expected(
        world.probabilities(),
        world.groupSize(),
        group -> world.groupGradient(group, advantages(estimator, world.rewardsOf(group))));
  }

  private static double groupVariance(SmallWorld world, AdvantageEstimator estimator) {
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

  private static double[] dividedByMean(double[] rewards) {
    double mean = DoubleVector.of(rewards).sum() / rewards.length;
    double[] advantages = new double[rewards.length];
    Arrays.setAll(advantages, i -> mean > 0 ? (rewards[i] - mean) / mean : 0);
    return advantages;
  }

  /** Symbol 0 is right with {@code successRate}, symbol 1 is wrong; one logit between them. */
  private static double factor(
      SmallWorld world, double successRate, UnaryOperator<double[]> advantages) {
    DoubleVector probabilities = DoubleVector.of(successRate, 1 - successRate);
    double gradient =
        SmallWorld.expected(
            probabilities,
            world.groupSize(),
            group -> {
              double[] rewards = new double[group.length];
              Arrays.setAll(rewards, i -> 1 - group[i]);
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

  private static double k2Bias(SmallWorld world) {
    return expectedValue(world, KlEstimator.K2) - expectedValue(world, KlEstimator.K1);
  }

  private static double expectedValue(SmallWorld world, KlEstimator estimator) {
    return SmallWorld.expected(
        world.probabilities(), 1, drawn -> estimator.value(logRatio(world, drawn[0])));
  }

  private static double expectedSlope(SmallWorld world, KlEstimator estimator) {
    return SmallWorld.expected(
        world.probabilities(),
        1,
        drawn -> estimator.derivative(logRatio(world, drawn[0])) * world.score(drawn[0]));
  }
}
