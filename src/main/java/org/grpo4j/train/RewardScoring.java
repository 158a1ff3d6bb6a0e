package org.grpo4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.task.Problem;
import org.grpo4j.train.sampling.GreedyDecoder;

/**
 * Rewards in every form that an advantage estimator may look at: one for each completion, its
 * parts, one for each token, one for each step, and that of the greedy completion.
 *
 * <p>With a KL penalty in the reward ({@link KlInReward}, Eq. 52) the reward of a completion is its
 * score minus the penalties of its tokens; {@link UpdateTrace#rewards} keeps the scores.
 */
public final class RewardScoring {

  private final RewardFunction rewardFunction;
  private final Optional<KlInReward> klInReward;
  private final Optional<GreedyDecoder> greedyDecoder;
  private final Optional<StepScoring> stepScoring;
  private final OptionalDouble scoreNormsAt;

  private RewardScoring(
      RewardFunction rewardFunction,
      Optional<KlInReward> klInReward,
      Optional<GreedyDecoder> greedyDecoder,
      Optional<StepScoring> stepScoring,
      OptionalDouble scoreNormsAt) {
    this.scoreNormsAt = scoreNormsAt;
    this.rewardFunction = rewardFunction;
    this.klInReward = klInReward;
    this.greedyDecoder = greedyDecoder;
    this.stepScoring = stepScoring;
  }

  /** The rewards of {@code rewardFunction} as they are. */
  public static RewardScoring of(RewardFunction rewardFunction) {
    return new RewardScoring(
        rewardFunction,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** The same minus a KL divergence from the reference policy. */
  public RewardScoring withKl(KlInReward penalty) {
    return new RewardScoring(
        rewardFunction, Optional.of(penalty), greedyDecoder, stepScoring, scoreNormsAt);
  }

  /** The same with ReMax's baseline: one greedy completion more for each prompt. */
  public RewardScoring withGreedyBaseline(GreedyDecoder decoder) {
    return new RewardScoring(
        rewardFunction, klInReward, Optional.of(decoder), stepScoring, scoreNormsAt);
  }

  /** The same with a reward for each step: process supervision. */
  public RewardScoring withSteps(StepScoring steps) {
    return new RewardScoring(
        rewardFunction, klInReward, greedyDecoder, Optional.of(steps), scoreNormsAt);
  }

  /** The same with the squared gradients of log-probabilities: one more forward pass. */
  public RewardScoring withScoreNorms(double temperature) {
    return new RewardScoring(
        rewardFunction, klInReward, greedyDecoder, stepScoring, OptionalDouble.of(temperature));
  }

  /** The KL penalty in the reward, if it is there. */
  Optional<KlInReward> klInReward() {
    return klInReward;
  }

  /** True if rewards depend on log-probabilities of the old and the reference policy. */
  boolean usesLogProbs() {
    return klInReward.isPresent() && klInReward.get().beta() > 0;
  }

  /** The reward of every row, before any KL penalty: its score. */
  List<Reward> rewards(RolloutBatch rollout) {
    List<Reward> rewards = new ArrayList<>();
    for (Group group : rollout.groups()) {
      for (Completion completion : group.completions()) {
        rewards.add(rewardFunction.score(group.problem(), completion));
      }
    }
    FiniteCheck.of(rollout).rewards("reward", totals(rewards));
    return rewards;
  }

  /**
   * The inputs of the advantage estimator.
   *
   * @param policy the one that sampled; asked for greedy completions
   * @param scores what {@link #rewards} gave
   * @param oldLogProbs {@code log pi_old}; needed with a KL penalty
   * @param reference the reference policy's part; needed with a KL penalty
   * @param lossMask 1 for tokens that take part in the loss; a completion without any still counts
   *     in its group, and its KL penalty in its reward
   */
  AdvantageInputs advantageInputs(
      LanguageModel policy,
      RolloutBatch rollout,
      List<Reward> scores,
      Optional<TokenTable> oldLogProbs,
      Optional<UpdateTrace.Reference> reference,
      TokenTable lossMask) {
    FiniteCheck finite = FiniteCheck.of(rollout);
    oldLogProbs.ifPresent(table -> finite.tokens("old log-probability", table, lossMask));
    reference.ifPresent(
        part -> finite.tokens("reference log-probability", part.logProbs(), lossMask));
    TokenTable mask = rollout.mask();
    DoubleVector totals = totals(scores);
    DoubleVector rewards = totals;
    TokenTable tokenRewards = KlInReward.atLastToken(totals, mask);
    if (klInReward.isPresent()) {
      TokenTable zero = TokenTable.constant(mask.lengths(), 0);
      TokenTable old = usesLogProbs() ? oldLogProbs.orElseThrow() : zero;
      TokenTable frozen = usesLogProbs() ? reference.orElseThrow().logProbs() : zero;
      rewards = klInReward.get().rowRewards(totals, old, frozen, mask);
      tokenRewards = klInReward.get().tokenRewards(totals, old, frozen, mask);
      finite.rewards("reward less KL penalties", rewards);
    }
    AdvantageInputs inputs =
        AdvantageInputs.of(rewards, RowGroups.of(rollout.groupOfRow()), lossMask)
            .withRewardParts(parts(scores))
            .withTokenRewards(tokenRewards);
    if (usesLogProbs()) {
      inputs = inputs.withScores(totals);
    }
    if (stepScoring.isPresent()) {
      inputs = inputs.withSteps(stepScoring.get().steps(rollout, totals));
    }
    if (scoreNormsAt.isPresent()) {
      double temperature = scoreNormsAt.getAsDouble();
      inputs = inputs.withScoreNorms(ScoreNorms.of(policy, rollout.sequences(), temperature));
    }
    if (greedyDecoder.isPresent()) {
      inputs = inputs.withGreedyRewards(greedyRewards(greedyDecoder.get(), policy, rollout));
    }
    return inputs;
  }

  private static DoubleVector totals(List<Reward> rewards) {
    double[] totals = new double[rewards.size()];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = rewards.get(i).total();
    }
    return DoubleVector.of(totals);
  }

  /** {@code [N][K]}: the values of the parts, not weighted. */
  private static TokenTable parts(List<Reward> rewards) {
    double[][] parts = new double[rewards.size()][];
    for (int i = 0; i < parts.length; i++) {
      List<Reward.Part> ofRow = rewards.get(i).parts();
      parts[i] = new double[ofRow.size()];
      for (int k = 0; k < parts[i].length; k++) {
        parts[i][k] = ofRow.get(k).value();
      }
    }
    return TokenTable.of(parts);
  }

  /** The reward of each row's prompt's greedy completion, {@code [N]}. */
  private DoubleVector greedyRewards(
      GreedyDecoder decoder, LanguageModel policy, RolloutBatch rollout) {
    List<Problem> problems = new ArrayList<>();
    for (Group group : rollout.groups()) {
      problems.add(group.problem());
    }
    List<Completion> greedy = decoder.decode(policy, problems);
    int[] groupOfRow = rollout.groupOfRow();
    double[] rewards = new double[groupOfRow.length];
    for (int i = 0; i < rewards.length; i++) {
      int group = groupOfRow[i];
      rewards[i] = rewardFunction.score(problems.get(group), greedy.get(group)).total();
    }
    FiniteCheck.of(rollout).rewards("greedy completion's reward", DoubleVector.of(rewards));
    return DoubleVector.of(rewards);
  }
}
