package org.grpo4j.whatif;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.PositiveOnlyAdvantage;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.ReinforcePlusPlusAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.Deviation;

/**
 * The advantage column: every estimator that needs no more than rewards and groups, and {@link
 * #AS_TRACED} for the others.
 */
public final class AdvantageColumn {

  /** The id that keeps the advantages a run computed. */
  public static final String AS_TRACED = "as-traced";

  private static final ChoiceParameter SCALE =
      ChoiceParameter.of(
          "scale",
          "Divide by the standard deviation of the group, of the batch, or not at all.",
          RewardScale.GROUP,
          RewardScale.values());
  private static final ChoiceParameter DEVIATION =
      ChoiceParameter.of(
          "deviation",
          "Standard deviation with divisor n - 1 (sample) or n (population).",
          Deviation.SAMPLE,
          Deviation.values());
  private static final NumberParameter STD_EPSILON =
      new NumberParameter(
          "stdEpsilon", "Added to the standard deviation.", 1e-4, Bounds.between(0, 1));
  private static final ChoiceParameter SINGLETON =
      ChoiceParameter.of(
          "singleton",
          "Advantage in a group of one: zero, or the reward itself.",
          SingletonRule.ZERO,
          SingletonRule.values());
  private static final NumberParameter THRESHOLD =
      new NumberParameter(
          "threshold", "Smallest reward that is kept.", 1, Bounds.between(-1e6, 1e6));
  private static final NumberParameter GAMMA =
      new NumberParameter("gamma", "Discount per token.", 1, Bounds.between(0, 1));
  private static final ChoiceParameter WHITENING =
      new ChoiceParameter(
          "whitening",
          "Whether advantages are brought to mean 0 and deviation 1 over all completions.",
          "none",
          List.of("none", "batch"));
  private static final ChoiceParameter WHITENING_DEVIATION =
      ChoiceParameter.of(
          "whiteningDeviation",
          "Standard deviation with divisor n - 1 (sample) or n (population).",
          Deviation.SAMPLE,
          Deviation.values());
  private static final NumberParameter WHITENING_EPSILON =
      new NumberParameter(
          "whiteningEpsilon",
          "Keeps the division by the deviation finite.",
          1e-8,
          Bounds.between(0, 1));
  private static final ChoiceParameter WHITENING_EPSILON_PLACEMENT =
      ChoiceParameter.of(
          "whiteningEpsilonPlacement",
          "Where it goes: to the variance (verl), to the deviation (TRL), or a floor (OpenRLHF).",
          EpsilonPlacement.ADDED_TO_VARIANCE,
          EpsilonPlacement.values());

  /** The column; empty stands for {@link #AS_TRACED}. */
  public static final Column<Optional<AdvantageEstimator>> COLUMN =
      new Column<>(
          "estimator",
          "group-relative",
          List.of(
              variant(
                  "group-relative",
                  "Group-relative (GRPO)",
                  "Reward minus the group's mean, divided by a standard deviation (Eq. 3).",
                  List.of(SCALE, DEVIATION, STD_EPSILON, SINGLETON),
                  AdvantageColumn::groupRelative),
              variant(
                  "leave-one-out",
                  "Leave one out (RLOO)",
                  "Reward minus the mean of the group's others (Eq. 32).",
                  List.of(
                      WHITENING,
                      WHITENING_DEVIATION,
                      WHITENING_EPSILON,
                      WHITENING_EPSILON_PLACEMENT),
                  AdvantageColumn::leaveOneOut),
              variant(
                  "batch-mean",
                  "Batch mean (REINFORCE with baseline)",
                  "Reward minus the mean reward of the batch (Eq. 31).",
                  List.of(),
                  values -> new BatchMeanAdvantage()),
              variant(
                  "raw-reward",
                  "Raw reward (REINFORCE)",
                  "The reward itself, without a baseline (Eq. 30).",
                  List.of(),
                  values -> new RawRewardAdvantage()),
              variant(
                  "greedy-baseline",
                  "Greedy baseline (ReMax)",
                  "Reward minus that of the prompt's greedy completion (Eq. 33).",
                  List.of(),
                  values -> new GreedyBaselineAdvantage()),
              variant(
                  "positive-only",
                  "Positive only (rejection sampling)",
                  "1 for completions that reach a threshold, 0 for the others.",
                  List.of(THRESHOLD),
                  values -> new PositiveOnlyAdvantage(THRESHOLD.in(values))),
              variant(
                  "whitened-group-baseline",
                  "Whitened group baseline (REINFORCE++-baseline)",
                  "Reward minus the group's mean, whitened over all tokens (Eq. 35).",
                  List.of(WHITENING_DEVIATION, WHITENING_EPSILON, WHITENING_EPSILON_PLACEMENT),
                  values -> new WhitenedGroupBaselineAdvantage(whitening(values))),
              variant(
                  "reinforce-plus-plus",
                  "Whitened returns (REINFORCE++)",
                  "Discounted reward from each token on, whitened over all tokens (Eq. 36).",
                  List.of(
                      GAMMA, WHITENING_DEVIATION, WHITENING_EPSILON, WHITENING_EPSILON_PLACEMENT),
                  values -> new ReinforcePlusPlusAdvantage(GAMMA.in(values), whitening(values))),
              Variant.of(
                  AS_TRACED,
                  "As the run computed them",
                  "The advantages of the trace, whatever computed them.",
                  Optional.<AdvantageEstimator>empty())));

  private AdvantageColumn() {}

  private static Variant<Optional<AdvantageEstimator>> variant(
      String id,
      String label,
      String help,
      List<Parameter> parameters,
      Function<SettingValues, AdvantageEstimator> maker) {
    return new Variant<>(id, label, help, parameters, values -> Optional.of(maker.apply(values)));
  }

  private static AdvantageEstimator groupRelative(SettingValues values) {
    return new GroupRelativeAdvantage(
        SCALE.in(values, RewardScale.values()),
        DEVIATION.in(values, Deviation.values()),
        STD_EPSILON.in(values),
        SINGLETON.in(values, SingletonRule.values()));
  }

  private static AdvantageEstimator leaveOneOut(SettingValues values) {
    boolean whitened = WHITENING.in(values).equals("batch");
    return new LeaveOneOutAdvantage(whitened ? Optional.of(whitening(values)) : Optional.empty());
  }

  private static Whitening whitening(SettingValues values) {
    return new Whitening(
        WHITENING_DEVIATION.in(values, Deviation.values()),
        WHITENING_EPSILON.in(values),
        WHITENING_EPSILON_PLACEMENT.in(values, EpsilonPlacement.values()));
  }
}
