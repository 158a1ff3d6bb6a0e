package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;
import org.grpo4j.math.RowGroups;

/**
 * The advantage that gives GRPO its name: a completion is compared with the others of its group, so
 * that no critic is needed (Eq. 3; DeepSeekMath section 4.1.2).
 *
 * <pre>A_it = (r_i - mean(r of the group)) / (std(r of the group) + stdEpsilon)   for every t</pre>
 *
 * <p>Example: rewards {@code [1, 0, 0, 1]} have mean 0.5 and sample standard deviation 0.5774, so
 * the advantages are {@code [0.866, -0.866, -0.866, 0.866]}. The advantages of a group sum to 0.
 *
 * <p>A group whose rewards are all equal has advantage 0, decided by comparing the rewards. A
 * missing reward ({@code NaN}) has advantage 0 and is left out of mean and standard deviation; so
 * has a reward that is the only one of its group left.
 *
 * @param scale what centred rewards are divided by; {@link RewardScale#NONE} is Dr. GRPO, {@link
 *     RewardScale#MEAN} MaxRL
 * @param deviation divisor {@code n - 1} or {@code n}; the papers do not say, most code uses {@code
 *     n - 1}
 * @param stdEpsilon added to the deviation, at least 0
 * @param singleton the advantage in a group of one
 */
@Kind(
    value = "group-relative",
    label = "Group-relative (GRPO)",
    description = "GRPO: reward minus the group's mean, divided by a standard deviation.",
    equation = 3)
public record GroupRelativeAdvantage(
    @Setting(
            value =
                "Divide by the standard deviation of the group, of the batch, not at all, or by the"
                    + " mean reward of the group (MaxRL).",
            byDefault = "group")
        RewardScale scale,
    @Setting(
            value = "Standard deviation with divisor n - 1 (sample) or n (population).",
            byDefault = "sample")
        Deviation deviation,
    @Setting(value = "Added to the standard deviation.", byDefault = "1e-4", range = "[0, 1]")
        double stdEpsilon,
    @Setting(value = "Advantage in a group of one: zero, or the reward itself.", byDefault = "zero")
        SingletonRule singleton)
    implements AdvantageEstimator {

  /** Explanations list no more rewards than this. */
  private static final int SHOWN_REWARDS = 16;

  public GroupRelativeAdvantage {
    Require.that(stdEpsilon >= 0 && stdEpsilon <= 1, "stdEpsilon", "in [0, 1]", stdEpsilon);
  }

  /** The common form: sample standard deviation of the group, {@code stdEpsilon} 1e-4. */
  public static GroupRelativeAdvantage standard() {
    return scaledBy(RewardScale.GROUP);
  }

  /** The common form with another scale. */
  public static GroupRelativeAdvantage scaledBy(RewardScale scale) {
    return new GroupRelativeAdvantage(scale, Deviation.SAMPLE, 1e-4, SingletonRule.ZERO);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    RowGroups groups = inputs.groups();
    Moments batch = inputs.batchMoments();
    double[] advantages = new double[inputs.rows()];
    for (int g = 0; g < groups.count(); g++) {
      Moments group = inputs.groupMoments(g);
      for (int i : groups.members(g)) {
        double reward = inputs.rewards().get(i);
        advantages[i] =
            groups.size(g) == 1 ? singletonAdvantage(reward) : advantage(reward, group, batch);
      }
    }
    return Advantages.ofRows(this, inputs, advantages);
  }

  /** Eq. 3. */
  private double advantage(double reward, Moments group, Moments batch) {
    if (Double.isNaN(reward) || group.allEqual()) {
      return 0;
    }
    double groupMean = group.mean();
    double centredReward = reward - groupMean;
    if (scale == RewardScale.NONE) {
      return centredReward; // Dr. GRPO
    }
    if (scale == RewardScale.MEAN) {
      return groupMean > 0 ? centredReward / groupMean : 0; // MaxRL, Eq. 58
    }
    double standardDeviation =
        deviation.standardDeviation(scale == RewardScale.BATCH ? batch : group);
    double advantage = centredReward / (standardDeviation + stdEpsilon);
    return advantage;
  }

  private double singletonAdvantage(double reward) {
    if (Double.isNaN(reward) || singleton == SingletonRule.ZERO) {
      return 0;
    }
    boolean byDeviation = scale == RewardScale.GROUP || scale == RewardScale.BATCH;
    return byDeviation ? reward / (1 + stdEpsilon) : reward;
  }

  @Override
  public Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    return inputs.groupMoments(group).compared();
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    int g = inputs.groups().groupOf(row);
    double reward = inputs.rewards().get(row);
    Moments group = inputs.groupMoments(g);
    if (inputs.mask().get(row, token) == 0 || Double.isNaN(reward)) {
      return Explanations.zero(inputs, row, token);
    }
    Explanation given = Explanations.reward(inputs, row);
    if (inputs.groups().size(g) == 1) {
      return Explanation.of(
          singletonAdvantage(reward),
          "A",
          "advantage of a group of one: "
              + (singleton == SingletonRule.ZERO ? "0, nobody to compare it with" : "the reward"),
          given);
    }
    if (group.allEqual()) {
      return Explanation.of(
          0, "A", "advantage: 0, because all rewards of the group are equal", given);
    }
    Explanation mean =
        Explanation.of(group.mean(), "mean", "of the rewards of " + rewardsOf(inputs, g));
    if (scale == RewardScale.NONE) {
      return Explanation.filled(reward - group.mean(), "A", "advantage", "{0} - {1}", given, mean);
    }
    if (scale == RewardScale.MEAN) {
      return group.mean() > 0
          ? Explanation.filled(
              (reward - group.mean()) / group.mean(),
              "A",
              "advantage",
              "({0} - {1}) / {1}",
              given,
              mean)
          : Explanation.of(
              0, "A", "advantage: 0, because the mean of the group is not positive", given, mean);
    }
    boolean wholeBatch = scale == RewardScale.BATCH;
    double standardDeviation =
        deviation.standardDeviation(wholeBatch ? inputs.batchMoments() : group);
    String ofWhich = " of the rewards of " + (wholeBatch ? "the batch" : rewardsOf(inputs, g));
    return Explanation.filled(
        (reward - group.mean()) / (standardDeviation + stdEpsilon),
        "A",
        "advantage",
        "({0} - {1}) / ({2} + {3})",
        given,
        mean,
        Explanation.of(standardDeviation, "std", deviation.explanation() + ofWhich),
        Explanation.of(stdEpsilon, "eps", "added to the standard deviation"));
  }

  /** {@code group 3: 1, 0, 0, 1}. */
  private static String rewardsOf(AdvantageInputs inputs, int group) {
    StringBuilder rewards = new StringBuilder("group " + group + ": ");
    double[] all = inputs.groups().select(group, inputs.rewards());
    for (int i = 0; i < Math.min(all.length, SHOWN_REWARDS); i++) {
      rewards.append(i == 0 ? "" : ", ").append(Numbers.brief(all[i]));
    }
    if (all.length > SHOWN_REWARDS) {
      rewards.append(", ... (").append(all.length).append(')');
    }
    return rewards.toString();
  }
}
