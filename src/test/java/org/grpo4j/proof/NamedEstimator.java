package org.grpo4j.proof;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.BestOfGroupAdvantage;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.NormalizeThenSum;
import org.grpo4j.advantage.OptimalTokenBaseline;
import org.grpo4j.advantage.PositiveOnlyAdvantage;
import org.grpo4j.advantage.ProcessSupervisionAdvantage;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.ReinforcePlusPlusAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.SumThenNormalize;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;

/**
 * An estimator as a row of the table.
 *
 * @param critic what its critic says, if it has one
 */
record NamedEstimator(String name, AdvantageEstimator estimator, Batch.Critic critic) {

  /** Knows the expected reward of every prefix. */
  static final Batch.Critic PERFECT = (world, row, token) -> world.valueOfPrefix(row, token);

  /** Says 0, like a value head before training. */
  static final Batch.Critic ZERO = (world, row, token) -> 0;

  /** Some wrong function of the prefix. */
  static final Batch.Critic WRONG = (world, row, token) -> 0.8 - 0.5 * token;

  /** Every estimator there is, and the forms of it that differ. */
  static List<NamedEstimator> all() {
    DoubleVector ones = DoubleVector.of(1, 1);
    GroupRelativeAdvantage standard = GroupRelativeAdvantage.standard();
    return List.of(
        of("reward itself", new RawRewardAdvantage()),
        of("minus mean of the batch", new BatchMeanAdvantage()),
        of("minus mean of the group (Dr. GRPO)", scaled(RewardScale.NONE, Deviation.SAMPLE)),
        of("leave one out (RLOO)", new LeaveOneOutAdvantage()),
        of("minus reward of the greedy completion (ReMax)", new GreedyBaselineAdvantage()),
        of("group mean and deviation (GRPO)", standard),
        of("the same, population deviation", scaled(RewardScale.GROUP, Deviation.POPULATION)),
        of("group mean, deviation of the batch", scaled(RewardScale.BATCH, Deviation.SAMPLE)),
        of("leave one out, then whitened", leaveOneOutWhitened()),
        of("rewards to go, whitened (REINFORCE++)", reinforcePlusPlus()),
        of(
            "group mean, whitened over tokens (REINFORCE++-baseline)",
            new WhitenedGroupBaselineAdvantage(Whitening.standard())),
        of(
            "process supervision, the reward as the only step",
            new ProcessSupervisionAdvantage(Deviation.SAMPLE, 1e-4)),
        of("two rewards, summed, then as GRPO", new SumThenNormalize(ones, standard)),
        of(
            "two rewards, each as GRPO, whitened (GDPO)",
            new NormalizeThenSum(ones, standard, Whitening.addedToDeviation(1e-4))),
        of("1 if right, else 0 (rejection sampling)", new PositiveOnlyAdvantage(0.5)),
        of(
            "minus mean of the group, divided by it (MaxRL)",
            scaled(RewardScale.MEAN, Deviation.SAMPLE)),
        of("best of the group, minus the second (pass@k)", new BestOfGroupAdvantage(false, 1e-6)),
        of(
            "best of the group, divided by the deviation (verl)",
            new BestOfGroupAdvantage(true, 1e-6)),
        of("baseline by position (OTB)", new OptimalTokenBaseline(false, true)),
        of("baseline by position, of the others", new OptimalTokenBaseline(true, true)),
        of(
            "baseline by position, of the others, weights of the token",
            new OptimalTokenBaseline(true, false)),
        gae("GAE, perfect critic, lambda 0.95", 0.95, PERFECT),
        gae("GAE, perfect critic, lambda 0", 0, PERFECT),
        gae("GAE, critic that says 0, lambda 1", 1, ZERO),
        gae("GAE, wrong critic, lambda 1", 1, WRONG),
        gae("GAE, wrong critic, lambda 0.95", 0.95, WRONG),
        gae("GAE, wrong critic, lambda 0", 0, WRONG));
  }

  private static NamedEstimator of(String name, AdvantageEstimator estimator) {
    return new NamedEstimator(name, estimator, ZERO);
  }

  private static NamedEstimator gae(String name, double lambda, Batch.Critic critic) {
    return new NamedEstimator(name, new GeneralizedAdvantage(1, lambda, Optional.empty()), critic);
  }

  private static GroupRelativeAdvantage scaled(RewardScale scale, Deviation deviation) {
    return new GroupRelativeAdvantage(scale, deviation, 1e-4, SingletonRule.ZERO);
  }

  private static LeaveOneOutAdvantage leaveOneOutWhitened() {
    return new LeaveOneOutAdvantage(Optional.of(Whitening.addedToDeviation(1e-4)));
  }

  private static ReinforcePlusPlusAdvantage reinforcePlusPlus() {
    return new ReinforcePlusPlusAdvantage(
        1, new Whitening(Deviation.SAMPLE, 1e-8, EpsilonPlacement.ADDED_TO_VARIANCE));
  }

  /** The one of this name. */
  static NamedEstimator named(String name) {
    return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  Advantages estimate(Batch batch) {
    return estimator.estimate(batch.advantageInputs(critic));
  }

  @Override
  public String toString() {
    return name;
  }
}
