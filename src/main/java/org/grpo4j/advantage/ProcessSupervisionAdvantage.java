package org.grpo4j.advantage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * GRPO with a reward for every step of a completion (Eq. 34; DeepSeekMath section 4.1.3). Step
 * rewards are normalised with mean and standard deviation of all steps of all completions of the
 * group; a token's advantage is the sum over the steps that end at it or later.
 *
 * <pre>A_it = sum over { j : lastToken_ij at least t } of (r_ij - mean) / (std + stdEpsilon)</pre>
 *
 * <p>Tokens after the last step end have advantage 0. The sum is not divided by the number of
 * steps. Step rewards that are all equal are normalised to 0.
 *
 * <p>Needs {@link AdvantageInputs#steps}; does not look at {@link AdvantageInputs#rewards}.
 *
 * @param deviation divisor {@code n - 1} or {@code n}
 * @param stdEpsilon added to the deviation, at least 0
 */
@Kind(
    value = "process-supervision",
    label = "Process supervision",
    description =
        "GRPO with a reward for every step, as far as the task can judge the steps of a thought.",
    equation = 34)
public record ProcessSupervisionAdvantage(
    @Setting(
            value = "Standard deviation with divisor n - 1 (sample) or n (population).",
            byDefault = "sample")
        Deviation deviation,
    @Setting(value = "Added to the standard deviation.", byDefault = "1e-4", range = "[0, 1]")
        double stdEpsilon)
    implements AdvantageEstimator {

  public ProcessSupervisionAdvantage {
    Require.that(stdEpsilon >= 0 && stdEpsilon <= 1, "stdEpsilon", "in [0, 1]", stdEpsilon);
  }

  @Override
  public Optional<Need> need() {
    return Optional.of(Need.STEP_REWARDS);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    StepRewards steps = steps(inputs);
    TokenTable normalized = normalizedSteps(steps, inputs.groups());
    double[][] advantages = new double[inputs.rows()][];
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = new double[inputs.mask().length(i)];
      for (int t = 0; t < advantages[i].length; t++) {
        boolean counts = inputs.mask().get(i, t) != 0;
        advantages[i][t] = counts ? sumOfLaterSteps(steps, normalized.row(i), i, t) : 0;
      }
    }
    return new Advantages(
        this, inputs, TokenTable.of(advantages), Optional.empty(), Optional.empty());
  }

  /**
   * Step rewards, normalised with mean and standard deviation of all steps of the group, {@code
   * [N][K_i]}.
   */
  public TokenTable normalizedSteps(StepRewards steps, RowGroups groups) {
    double[][] normalized = steps.rewards().toArrays();
    for (int g = 0; g < groups.count(); g++) {
      Moments group = groupMoments(steps, groups, g);
      for (int i : groups.members(g)) {
        for (int j = 0; j < normalized[i].length; j++) {
          normalized[i][j] = normalize(normalized[i][j], group);
        }
      }
    }
    return TokenTable.of(normalized);
  }

  private double normalize(double reward, Moments group) {
    return group.allEqual()
        ? 0
        : (reward - group.mean()) / (deviation.standardDeviation(group) + stdEpsilon);
  }

  /** Moments of all step rewards of a group. */
  public static Moments groupMoments(StepRewards steps, RowGroups groups, int group) {
    int count = 0;
    for (int i : groups.members(group)) {
      count += steps.rewards().length(i);
    }
    double[] all = new double[count];
    int next = 0;
    for (int i : groups.members(group)) {
      for (int j = 0; j < steps.rewards().length(i); j++) {
        all[next++] = steps.rewards().get(i, j);
      }
    }
    return Moments.of(all);
  }

  private static double sumOfLaterSteps(
      StepRewards steps, DoubleVector normalized, int row, int token) {
    double sum = 0;
    for (int j = 0; j < normalized.size(); j++) {
      if (steps.lastTokens().get(row, j) >= token) {
        sum += normalized.get(j);
      }
    }
    return sum;
  }

  @Override
  public Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    return inputs.groups().size(group) < 2
        ? Optional.empty()
        : groupMoments(steps(inputs), inputs.groups(), group).compared();
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    if (inputs.mask().get(row, token) == 0) {
      return Explanations.zero(inputs, row, token);
    }
    StepRewards steps = steps(inputs);
    int g = inputs.groups().groupOf(row);
    Moments group = groupMoments(steps, inputs.groups(), g);
    Explanation[] parts = new Explanation[steps.rewards().length(row)];
    int shown = 0;
    double sum = 0;
    for (int j = 0; j < parts.length; j++) {
      if (steps.lastTokens().get(row, j) >= token) {
        double normalized = normalize(steps.rewards().get(row, j), group);
        sum += normalized;
        parts[shown++] =
            new Explanation(
                normalized,
                "",
                "step " + j,
                group.allEqual() ? "" : "({0} - {1}) / ({2} + {3})",
                List.of(
                    Explanation.of(steps.rewards().get(row, j), "r", "reward of the step"),
                    Explanation.of(group.mean(), "mean", "of all step rewards of the group"),
                    Explanation.of(
                        deviation.standardDeviation(group), "std", deviation.explanation()),
                    Explanation.of(stdEpsilon, "eps", "added to the standard deviation")));
      }
    }
    return Explanation.of(
        sum,
        "A",
        "advantage: sum over the steps that end at this token or later",
        Arrays.copyOf(parts, shown));
  }

  private static StepRewards steps(AdvantageInputs inputs) {
    return Inputs.require("steps", inputs.steps(), "process supervision");
  }
}
