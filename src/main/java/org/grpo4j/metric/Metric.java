package org.grpo4j.metric;

/**
 * The metrics of a run: the columns of {@code metrics.csv} and keys of {@code metrics.jsonl}, in
 * their order. Where TRL has a metric of that meaning the name is TRL's.
 *
 * <p>What is taken over nothing, such as the entropy of an update without a token that counts, is
 * absent: {@code NaN} in Java, no key in JSON, an empty cell, {@code -} in the terminal. It never
 * is 0.
 *
 * <p>Some have no constant because their names depend on the reward ({@link #rewardPart}) or on the
 * problems' labels ({@link #of}).
 */
public enum Metric {
  UPDATE("update", "", "number of the update, from 0", ""),
  UPDATES_DONE("updates_done", "", "updates done when the row was written", ""),
  REWARD("reward", "reward", "mean score, before any KL penalty", "completions"),
  REWARD_STD("reward_std", "reward", "sample standard deviation of the scores", "completions"),
  REWARD_GROUP_STD(
      "reward_group_std",
      "reward",
      "mean of the groups' sample standard deviations of the scores",
      "groups of at least two"),
  DEAD_GROUPS(
      "frac_reward_zero_std",
      "share",
      "dead groups: all rewards that the estimator compares are equal",
      "groups, if the estimator compares within them"),
  DEAD_ALL_RIGHT(
      "frac_reward_zero_std/all_right",
      "share",
      "dead groups that are all right",
      "the same, if the reward knows right from wrong"),
  DEAD_ALL_WRONG(
      "frac_reward_zero_std/all_wrong", "share", "dead groups that are all wrong", "the same"),
  MEAN_LENGTH(
      "completions/mean_length", "tokens", "mean length, end symbol included", "completions"),
  MIN_LENGTH("completions/min_length", "tokens", "shortest length", "completions"),
  MAX_LENGTH("completions/max_length", "tokens", "longest length", "completions"),
  TRUNCATED(
      "completions/clipped_ratio", "share", "completions cut off at the limit", "completions"),
  COMPLETIONS_USED(
      "frac_completions_used",
      "share",
      "completions learnt from, among those sampled",
      "completions sampled"),
  ENTROPY(
      "entropy",
      "nats",
      "mean entropy of the distribution a token was drawn from",
      "tokens of all steps"),
  LOSS("loss", "", "mean loss before a step", "steps with a token"),
  POLICY_LOSS("policy_loss", "", "mean policy part of the loss", "steps with a token"),
  KL(
      "kl",
      "nats",
      "mean KL estimate against the reference policy, as the loss uses it",
      "tokens of all steps"),
  APPROX_KL(
      "approx_kl",
      "nats",
      "mean k3 estimate of the KL divergence from the old policy",
      "tokens of all steps"),
  CLIP_LOW(
      "clip_ratio/low_mean",
      "share",
      "clipped below the range, A < 0",
      "tokens of all steps; rows where a row has one ratio"),
  CLIP_HIGH("clip_ratio/high_mean", "share", "clipped above the range, A > 0", "the same"),
  CLIP_REGION("clip_ratio/region_mean", "share", "clipped either way", "the same"),
  RATIO_MEAN(
      "ratio/mean", "", "mean ratio of new to old probability of a token", "tokens of all steps"),
  RATIO_MAX("ratio/max", "", "largest ratio of a token", "tokens of all steps"),
  SAMPLING_KL(
      "sampling/kl",
      "nats",
      "mean k3 estimate of the KL divergence of the learner before the update from another policy"
          + " that sampled",
      "tokens of the batch"),
  SAMPLING_RATIO_LOW(
      "sampling/ratio_p01",
      "",
      "1 % quantile of the learner's probability divided by the sampler's, before the update; of"
          + " the tokens whose experts differ with /changed, of the others with /same",
      "tokens of the batch"),
  SAMPLING_RATIO_MEDIAN("sampling/ratio_p50", "", "median of it", "the same"),
  SAMPLING_RATIO_HIGH("sampling/ratio_p99", "", "99 % quantile of it", "the same"),
  SAMPLING_KEPT(
      "sampling/kept_mass",
      "share",
      "probability of the symbols that top-k and top-p left",
      "tokens, if these act"),
  SAMPLING_ROW_RATIO_LOW(
      "sampling/sequence_ratio_p01",
      "",
      "1 % quantile of the geometric mean of that ratio over a completion",
      "completions"),
  SAMPLING_ROW_RATIO_MEDIAN("sampling/sequence_ratio_p50", "", "median of it", "completions"),
  SAMPLING_ROW_RATIO_HIGH("sampling/sequence_ratio_p99", "", "99 % quantile of it", "completions"),
  SAMPLING_CORRECTED(
      "sampling/corrected",
      "share",
      "importance corrections outside their bounds: truncated, or masked",
      "tokens of the batch; completions where each has one"),
  SAMPLING_ROWS_MASKED(
      "sampling/rows_masked",
      "share",
      "completions that the off-policy row mask has left out",
      "completions of all steps"),
  SAMPLING_CHANGED(
      "sampling/experts_changed",
      "share",
      "tokens whose experts differ between learner and sampler in some layer; in one with /layer0"
          + " and so on",
      "tokens of the batch, with experts"),
  VALUE_LOSS("value_loss", "", "mean loss of the critic before a step", "steps with a token"),
  VALUE_CLIPPED(
      "value_clip_ratio", "share", "tokens whose value the clip holds", "tokens of all steps"),
  EXPLAINED_VARIANCE(
      "explained_variance",
      "",
      "1 - Var(R - V) / Var(R)",
      "tokens of the batch; none if the returns vary by rounding only"),
  VALUES_MEAN("values/mean", "reward", "mean value before the update", "tokens of the batch"),
  CRITIC_GRAD_NORM(
      "critic_grad_norm",
      "",
      "mean gradient norm of a critic of its own, before clipping",
      "steps"),
  EXPERT_LOAD(
      "experts/load",
      "share",
      "tokens that go through an expert; by block and expert, such as experts/load/block0/3",
      "completion tokens of all steps"),
  DEAD_EXPERTS(
      "experts/dead", "experts", "experts of all blocks that no token goes through", "the same"),
  LOAD_ENTROPY(
      "experts/load_entropy",
      "share",
      "entropy of a block's load as a share of log E, its largest; mean over the blocks",
      "the same"),
  KL_COEFFICIENT("kl_coefficient", "", "beta as it acted, with a controller", ""),
  ENTROPY_COEFFICIENT("entropy_coefficient", "", "alpha as it acted, with a controller", ""),
  LEARNING_RATE("learning_rate", "", "mean learning rate", "steps"),
  GRAD_NORM("grad_norm", "", "mean gradient norm before clipping", "steps"),
  COMPLETIONS("num_completions", "completions", "sampled so far", "all updates"),
  TOKENS("num_tokens", "tokens", "sampled so far", "all updates"),
  GREEDY("eval/greedy_accuracy", "share", "right greedy answers", "evaluation problems"),
  GREEDY_LOWER(
      "eval/greedy_accuracy_lower",
      "share",
      "lower end of its 95 % Wilson interval",
      "evaluation problems"),
  GREEDY_UPPER("eval/greedy_accuracy_upper", "share", "upper end of it", "evaluation problems"),
  EVAL_LENGTH("eval/mean_length", "tokens", "mean length of greedy answers", "evaluation problems"),
  EVAL_TRUNCATED(
      "eval/truncated", "share", "greedy answers cut off at the limit", "evaluation problems"),
  EVAL_READABLE(
      "eval/readable",
      "share",
      "greedy completions with a thought in the wanted symbols only",
      "evaluation problems whose task asks for it"),
  STEP_TIME("step_time", "seconds", "the update, evaluation not included", ""),
  TIME_ROLLOUT("time/rollout", "seconds", "sampling", ""),
  TIME_SCORE(
      "time/score", "seconds", "rewards, advantages, old and reference log-probabilities", ""),
  TIME_OPTIMIZE("time/optimize", "seconds", "optimiser steps", ""),
  TIME_TRACE("time/trace", "seconds", "looking at the update and writing the trace", ""),
  TIME_EVALUATION("time/evaluation", "seconds", "evaluation", "");

  private static final String PART_BEGIN = "rewards/";
  private static final String PART_END = "/mean";

  private final String key;
  private final String unit;
  private final String meaning;
  private final String over;

  Metric(String key, String unit, String meaning, String over) {
    this.key = key;
    this.unit = unit;
    this.meaning = meaning;
    this.over = over;
  }

  /** The name in files, such as {@code clip_ratio/low_mean}. */
  public String key() {
    return key;
  }

  /** The unit that it is measured in; empty for a pure number. */
  public String unit() {
    return unit;
  }

  /** The meaning, without markup. */
  public String meaning() {
    return meaning;
  }

  /** The numbers that it is taken over; empty if it is not a statistic. */
  public String over() {
    return over;
  }

  /** The key of this metric over what has that label only: some problems, an expert. */
  public String of(String label) {
    return key + "/" + label;
  }

  /** Whether {@code name} is the key of this metric over what has some label. */
  public boolean isByLabel(String name) {
    return name.startsWith(key + "/");
  }

  /** The key of the mean of one part of the reward over the completions. */
  public static String rewardPart(String part) {
    return PART_BEGIN + part + PART_END;
  }

  /** Whether {@code key} is one of {@link #rewardPart}. */
  public static boolean isRewardPart(String key) {
    return key.startsWith(PART_BEGIN) && key.endsWith(PART_END);
  }
}
