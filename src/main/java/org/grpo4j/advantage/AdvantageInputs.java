package org.grpo4j.advantage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * The inputs of an advantage estimator. The first three are always there; an estimator says which
 * of the others it needs.
 *
 * @param rewards {@code r_i}, one per completion, {@code [N]}; {@code NaN} for a missing one
 * @param groups which completions answer the same prompt
 * @param mask 1 for tokens that take part in the loss, {@code [N][T_i]}; advantages are 0 where it
 *     is 0, and whitening leaves these tokens out, but rewards count in their group all the same
 * @param greedyRewards reward of the greedy completion of the same prompt, {@code [N]} (ReMax)
 * @param rewardParts one row per completion with its named rewards, {@code [N][K]} (several
 *     rewards)
 * @param steps rewards of the steps of each completion (process supervision)
 * @param tokenRewards {@code r_it}, {@code [N][T_i]} (REINFORCE++, GAE)
 * @param values {@code V_it}, the critic's estimate before each token, {@code [N][T_i]} (GAE)
 * @param bootstrapValues the critic's estimate after the last token, {@code [N]}, 0 for completions
 *     that ended (GAE)
 * @param scores what {@code rewards} were before a KL penalty was taken off, {@code [N]}; not
 *     computed with, but told where a reward comes from
 * @param scoreNorms {@code |dlog pi(o_it)/dz|^2}, the squared gradient of the old log-probability
 *     by its logits, {@code [N][T_i]} (OTB)
 */
public record AdvantageInputs(
    DoubleVector rewards,
    RowGroups groups,
    TokenTable mask,
    Optional<DoubleVector> greedyRewards,
    Optional<TokenTable> rewardParts,
    Optional<StepRewards> steps,
    Optional<TokenTable> tokenRewards,
    Optional<TokenTable> values,
    Optional<DoubleVector> bootstrapValues,
    Optional<DoubleVector> scores,
    Optional<TokenTable> scoreNorms) {

  public AdvantageInputs {
    int rows = mask.rows();
    requireRows("rewards", rewards.size(), rows);
    requireRows("groups", groups.rows(), rows);
    Masks.requireZeroOne(mask);
    greedyRewards.ifPresent(given -> requireRows("greedyRewards", given.size(), rows));
    rewardParts.ifPresent(given -> requireRows("rewardParts", given.rows(), rows));
    steps.ifPresent(given -> requireRows("steps", given.rewards().rows(), rows));
    requireShape("tokenRewards", tokenRewards, mask);
    requireShape("values", values, mask);
    bootstrapValues.ifPresent(given -> requireRows("bootstrapValues", given.size(), rows));
    scores.ifPresent(given -> requireRows("scores", given.size(), rows));
    requireShape("scoreNorms", scoreNorms, mask);
  }

  /** The inputs of an estimator that looks at one reward per completion. */
  public static AdvantageInputs of(DoubleVector rewards, RowGroups groups, TokenTable mask) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with the rewards of the greedy completions, {@code [N]}. */
  public AdvantageInputs withGreedyRewards(DoubleVector given) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        Optional.of(given),
        rewardParts,
        steps,
        tokenRewards,
        values,
        bootstrapValues,
        scores,
        scoreNorms);
  }

  /** The same with several rewards per completion, {@code [N][K]}. */
  public AdvantageInputs withRewardParts(TokenTable given) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        greedyRewards,
        Optional.of(given),
        steps,
        tokenRewards,
        values,
        bootstrapValues,
        scores,
        scoreNorms);
  }

  /** The same with step rewards. */
  public AdvantageInputs withSteps(StepRewards given) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        greedyRewards,
        rewardParts,
        Optional.of(given),
        tokenRewards,
        values,
        bootstrapValues,
        scores,
        scoreNorms);
  }

  /** The same with a reward per token, {@code [N][T_i]}. */
  public AdvantageInputs withTokenRewards(TokenTable given) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        greedyRewards,
        rewardParts,
        steps,
        Optional.of(given),
        values,
        bootstrapValues,
        scores,
        scoreNorms);
  }

  /** The same with a critic's values, {@code [N][T_i]}, for completions that all ended. */
  public AdvantageInputs withValues(TokenTable given) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        greedyRewards,
        rewardParts,
        steps,
        tokenRewards,
        Optional.of(given),
        bootstrapValues,
        scores,
        scoreNorms);
  }

  /** The same with the critic's value after the last token, {@code [N]}. */
  public AdvantageInputs withBootstrapValues(DoubleVector given) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        greedyRewards,
        rewardParts,
        steps,
        tokenRewards,
        values,
        Optional.of(given),
        scores,
        scoreNorms);
  }

  /** The same with the scores that the rewards were before a KL penalty, {@code [N]}. */
  public AdvantageInputs withScores(DoubleVector given) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        greedyRewards,
        rewardParts,
        steps,
        tokenRewards,
        values,
        bootstrapValues,
        Optional.of(given),
        scoreNorms);
  }

  /** The same with the squared gradients of the log-probabilities, {@code [N][T_i]}. */
  public AdvantageInputs withScoreNorms(TokenTable given) {
    return new AdvantageInputs(
        rewards,
        groups,
        mask,
        greedyRewards,
        rewardParts,
        steps,
        tokenRewards,
        values,
        bootstrapValues,
        scores,
        Optional.of(given));
  }

  /** Number of completions {@code N}. */
  public int rows() {
    return mask.rows();
  }

  /** Moments of the rewards of {@code group} that are there. */
  public Moments groupMoments(int group) {
    return Moments.ofPresent(groups.select(group, rewards));
  }

  /** The rows of one group, with their rewards and parts: what its being dead depends on. */
  AdvantageInputs ofGroup(int group) {
    List<Integer> rows = new ArrayList<>();
    for (int row : groups.members(group)) {
      rows.add(row);
    }
    AdvantageInputs alone =
        of(
            DoubleVector.of(groups.select(group, rewards)),
            RowGroups.consecutive(rows.size(), rows.size()),
            mask.select(rows));
    return rewardParts.isPresent() ? alone.withRewardParts(rewardParts.get().select(rows)) : alone;
  }

  /** Moments of all rewards that are there. */
  public Moments batchMoments() {
    return Moments.ofPresent(rewards.toArray());
  }

  private static void requireRows(String field, int given, int rows) {
    Require.that(
        given == rows, field + ": needs one entry for each of the " + rows + " rows, got " + given);
  }

  private static void requireShape(String field, Optional<TokenTable> given, TokenTable mask) {
    Require.that(
        given.isEmpty() || given.get().sameShape(mask),
        field + ": must have the shape of the mask");
  }
}
