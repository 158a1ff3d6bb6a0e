package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;

/**
 * The advantage for pass@k (Eq. 60; arXiv 2503.19595, verl's {@code grpo_passk}): only the best
 * completion of a group learns, by how much it is better than the second best.
 *
 * <pre>A_i = r_i - max of the group's others, if r_i is the largest;  else 0</pre>
 *
 * <p>Not divided, it is an unbiased gradient of the expected best reward of a group: the maximum of
 * the others is a baseline that does not contain the completion itself, and for all but the best
 * the difference it makes is 0. Two best completions, a group of one and a missing reward have
 * advantage 0.
 *
 * @param byDeviation whether it is divided by the group's sample standard deviation
 * @param stdEpsilon added to the deviation, at least 0
 */
@Kind(
    value = "best-of-group",
    label = "Best of the group (pass@k)",
    description = "pass@k: the best of a group learns, by its distance from the second best.",
    equation = 60)
public record BestOfGroupAdvantage(
    @Setting(
            value = "Divide by the standard deviation of the group, as verl does.",
            byDefault = "false")
        boolean byDeviation,
    @Setting(value = "Added to the standard deviation.", byDefault = "1e-6", range = "[0, 1]")
        double stdEpsilon)
    implements AdvantageEstimator {

  public BestOfGroupAdvantage {
    Require.that(stdEpsilon >= 0 && stdEpsilon <= 1, "stdEpsilon", "in [0, 1]", stdEpsilon);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    double[] advantages = new double[inputs.rows()];
    int[] best = BestOfGroup.rows(inputs.rewards(), inputs.groups());
    for (int g = 0; g < best.length; g++) {
      if (!bestTwo(inputs, g).allEqual()) {
        double ahead = inputs.rewards().get(best[g]) - second(inputs, g);
        advantages[best[g]] = ahead / divisor(inputs, g);
      }
    }
    return Advantages.ofRows(this, inputs, advantages);
  }

  /** The second best reward of {@code group}; {@code NaN} if it has not two. */
  private static double second(AdvantageInputs inputs, int group) {
    DoubleVector rewards = inputs.rewards();
    int best = BestOfGroup.row(rewards, inputs.groups().members(group));
    double second = Double.NaN;
    for (int i : inputs.groups().members(group)) {
      boolean there = i != best && !Double.isNaN(rewards.get(i));
      if (there && (Double.isNaN(second) || rewards.get(i) > second)) {
        second = rewards.get(i);
      }
    }
    return second;
  }

  private double divisor(AdvantageInputs inputs, int group) {
    return byDeviation
        ? Deviation.SAMPLE.standardDeviation(inputs.groupMoments(group)) + stdEpsilon
        : 1;
  }

  /** The best is compared with the second best: if they are equal, nobody learns. */
  @Override
  public Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    return bestTwo(inputs, group).compared();
  }

  /** The best and the second best reward of {@code group}, as far as they are there. */
  private static Moments bestTwo(AdvantageInputs inputs, int group) {
    int best = BestOfGroup.row(inputs.rewards(), inputs.groups().members(group));
    return Moments.ofPresent(inputs.rewards().get(best), second(inputs, group));
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    int g = inputs.groups().groupOf(row);
    double reward = inputs.rewards().get(row);
    if (inputs.mask().get(row, token) == 0 || Double.isNaN(reward)) {
      return Explanations.zero(inputs, row, token);
    }
    Explanation given = Explanations.reward(inputs, row);
    if (bestTwo(inputs, g).allEqual()
        || BestOfGroup.row(inputs.rewards(), inputs.groups().members(g)) != row) {
      return Explanation.of(
          0, "A", "advantage: 0, because it is not the one best of its group", given);
    }
    Explanation second =
        Explanation.of(second(inputs, g), "r_second", "second best reward of group " + g);
    double difference = reward - second.value();
    if (!byDeviation) {
      return Explanation.filled(difference, "A", "advantage", "{0} - {1}", given, second);
    }
    double deviation = Deviation.SAMPLE.standardDeviation(inputs.groupMoments(g));
    return Explanation.filled(
        difference / divisor(inputs, g),
        "A",
        "advantage",
        "({0} - {1}) / ({2} + {3})",
        given,
        second,
        Explanation.of(deviation, "std", Deviation.SAMPLE.explanation() + " of the group"),
        Explanation.of(stdEpsilon, "eps", "added to the standard deviation"));
  }
}
