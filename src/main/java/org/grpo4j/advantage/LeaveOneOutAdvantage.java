package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;

/**
 * RLOO: a completion is compared with the mean of the <em>other</em> members of its group (Eq. 32;
 * arXiv 2402.14740).
 *
 * <pre>A_i = r_i - (sum of the group - r_i) / (G - 1)  =  G/(G - 1) (r_i - mean of the group)</pre>
 *
 * <p>Because the baseline does not contain the completion itself, the gradient is unbiased.
 * Example: rewards {@code [1, 0, 0]} have advantages {@code [1, -0.5, -0.5]}. A group of one, a
 * group of equal rewards and a missing reward have advantage 0.
 *
 * @param whitening afterwards, over all completions with a token in the loss, if given
 */
@Kind(
    value = "leave-one-out",
    label = "Leave one out (RLOO)",
    description = "RLOO: the reward minus the mean of the group's others.",
    equation = 32)
public record LeaveOneOutAdvantage(
    @Setting(value = "Whitening over all completions afterwards.", byDefault = "none")
        Optional<Whitening> whitening)
    implements AdvantageEstimator {

  /** Without whitening. */
  public LeaveOneOutAdvantage() {
    this(Optional.empty());
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    DoubleVector advantages = beforeWhitening(inputs);
    if (whitening.isPresent()) {
      advantages = whitening.get().apply(Inputs.ofLearningRows(advantages, inputs.mask()));
    }
    double[] perRow = advantages.toArray();
    for (int i = 0; i < perRow.length; i++) {
      perRow[i] = Double.isNaN(perRow[i]) ? 0 : perRow[i];
    }
    return Advantages.ofRows(this, inputs, perRow);
  }

  /** Eq. 32 for every row; {@code NaN} for a missing reward. */
  private static DoubleVector beforeWhitening(AdvantageInputs inputs) {
    double[] advantages = new double[inputs.rows()];
    for (int i = 0; i < advantages.length; i++) {
      double reward = inputs.rewards().get(i);
      Moments group = inputs.groupMoments(inputs.groups().groupOf(i));
      boolean compared = Double.isNaN(reward) || !group.allEqual();
      advantages[i] = compared ? reward - meanOfOthers(reward, group) : 0;
    }
    return DoubleVector.of(advantages);
  }

  private static double meanOfOthers(double reward, Moments group) {
    double sum = group.mean() * group.count();
    return (sum - reward) / (group.count() - 1);
  }

  @Override
  public Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    return inputs.groupMoments(group).compared();
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    double reward = inputs.rewards().get(row);
    if (inputs.mask().get(row, token) == 0 || Double.isNaN(reward)) {
      return Explanations.zero(inputs, row, token);
    }
    Moments group = inputs.groupMoments(inputs.groups().groupOf(row));
    Explanation given = Explanations.reward(inputs, row);
    Explanation advantage =
        Explanation.of(
            0, "A", "advantage: 0, because the group has no two different rewards", given);
    if (!group.allEqual()) {
      double others = meanOfOthers(reward, group);
      advantage =
          Explanation.filled(
              reward - others,
              "A",
              "advantage",
              "{0} - {1}",
              given,
              Explanation.of(
                  others, "mean_others", "of the rewards of the group's other completions"));
    }
    if (whitening.isEmpty()) {
      return advantage;
    }
    DoubleVector whitened = Inputs.ofLearningRows(beforeWhitening(inputs), inputs.mask());
    Moments moments = Moments.ofPresent(whitened.toArray());
    return whitening.get().explain(advantage, moments);
  }
}
