package org.grpo4j.course.answers;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;

/**
 * A policy of one prompt and three symbols a, b and c, each a whole completion: small enough that
 * every group of completions can be listed with its probability. So every expectation here is a
 * sum, exact but for rounding.
 *
 * @param probabilities of a, b and c under the policy {@code pi}, a soft-max of three logits
 * @param reference the same under the reference policy
 * @param rewards of a, b and c
 * @param groupSize {@code G}
 * @param hard success rate of a hard prompt
 * @param medium success rate of another one
 */
public record SmallWorld(
    DoubleVector probabilities,
    DoubleVector reference,
    DoubleVector rewards,
    int groupSize,
    double hard,
    double medium) {

  private static final List<DoubleVector> DISTRIBUTIONS =
      List.of(
          DoubleVector.of(0.2, 0.3, 0.5),
          DoubleVector.of(0.3, 0.5, 0.2),
          DoubleVector.of(0.5, 0.2, 0.3),
          DoubleVector.of(0.1, 0.3, 0.6),
          DoubleVector.of(0.3, 0.6, 0.1),
          DoubleVector.of(0.6, 0.1, 0.3),
          DoubleVector.of(0.1, 0.4, 0.5),
          DoubleVector.of(0.4, 0.5, 0.1));

  /** The world that {@code random} draws. */
  static SmallWorld drawn(SplittableRandom random) {
    DoubleVector policy = DISTRIBUTIONS.get(random.nextInt(DISTRIBUTIONS.size()));
    List<DoubleVector> others =
        DISTRIBUTIONS.stream().filter(other -> other.get(0) != policy.get(0)).toList();
    return new SmallWorld(
        policy,
        others.get(random.nextInt(others.size())),
        DoubleVector.of(1, random.nextBoolean() ? 0.5 : 0.25, 0),
        3 + random.nextInt(3),
        (1 + random.nextInt(3)) / 20.0,
        (8 + random.nextInt(5)) / 20.0);
  }

  /** {@code J}, the expected reward. */
  double expectedReward() {
    return expected(probabilities, 1, drawn -> rewards.get(drawn[0]));
  }

  /** {@code d log pi(symbol) / d z_a}, the score of a symbol at the logit of a. */
  double score(int symbol) {
    return (symbol == 0 ? 1 : 0) - probabilities.get(0);
  }

  /** The expectation of {@code value} over {@code draws} independent symbols. */
  static double expected(DoubleVector probabilities, int draws, ToDoubleFunction<int[]> value) {
    return sum(probabilities, new int[draws], 0, 1, value);
  }

  private static double sum(
      DoubleVector probabilities,
      int[] drawn,
      int next,
      double probability,
      ToDoubleFunction<int[]> value) {
    if (next == drawn.length) {
      return probability * value.applyAsDouble(drawn.clone());
    }
    double sum = 0;
    for (int symbol = 0; symbol < probabilities.size(); symbol++) {
      drawn[next] = symbol;
      sum += sum(probabilities, drawn, next + 1, probability * probabilities.get(symbol), value);
    }
    return sum;
  }

  /** The variance of {@code value} over {@code draws} independent symbols. */
  double variance(int draws, ToDoubleFunction<int[]> value) {
    double mean = expected(probabilities, draws, value);
    return expected(
        probabilities,
        draws,
        drawn -> {
          double distance = value.applyAsDouble(drawn) - mean;
          return distance * distance;
        });
  }

  /** A symbol drawn once gives this estimate of {@code dJ/dz_a}, with a constant baseline. */
  double oneSampleGradient(int symbol, double baseline) {
    return (rewards.get(symbol) - baseline) * score(symbol);
  }

  /** The rewards of a group. */
  double[] rewardsOf(int[] group) {
    return IntStream.of(group).mapToDouble(rewards::get).toArray();
  }

  /** The estimate {@code 1/G sum_i A_i d log pi(o_i)/dz_a} of a group with these advantages. */
  double groupGradient(int[] group, double[] advantages) {
    double sum = 0;
    for (int i = 0; i < group.length; i++) {
      sum += advantages[i] * score(group[i]);
    }
    return sum / group.length;
  }
}
