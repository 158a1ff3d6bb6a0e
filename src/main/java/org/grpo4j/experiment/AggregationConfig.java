package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.EmptyRows;

/** How the losses of tokens become one number (Eq. 6). */
public sealed interface AggregationConfig {

  /** The aggregation with these settings. */
  Aggregation aggregation();

  /** The paper's form: each completion counts the same, whatever its length. */
  @Kind(
      value = "sequence-mean-token-mean",
      description = "Mean over completions of the mean over their tokens: the paper's form.")
  record SequenceMeanTokenMean() implements AggregationConfig {

    @Override
    public Aggregation aggregation() {
      return new org.grpo4j.objective.SequenceMeanTokenMean(EmptyRows.COUNT);
    }
  }

  /** Each token counts the same. */
  @Kind(value = "token-mean", description = "Mean over all tokens of the batch: DAPO.")
  record TokenMean() implements AggregationConfig {

    @Override
    public Aggregation aggregation() {
      return new org.grpo4j.objective.TokenMean();
    }
  }

  /** Sums over tokens. */
  @Kind(
      value = "sequence-mean-token-sum",
      description = "Mean over completions of the sum over their tokens.")
  record SequenceMeanTokenSum() implements AggregationConfig {

    @Override
    public Aggregation aggregation() {
      return new org.grpo4j.objective.SequenceMeanTokenSum(EmptyRows.COUNT);
    }
  }

  /**
   * Sums over tokens, divided by a constant.
   *
   * @param divisor the constant
   */
  @Kind(
      value = "sequence-mean-token-sum-norm",
      description =
          "Mean over completions of the sum over their tokens divided by a constant: Dr. GRPO.")
  record SequenceMeanTokenSumNorm(
      @Setting(
              value = "The constant, usually the most tokens a completion can have.",
              range = "(0, inf)",
              unit = "tokens")
          double divisor)
      implements AggregationConfig {

    @Override
    public Aggregation aggregation() {
      return new org.grpo4j.objective.SequenceMeanTokenSumNorm(divisor, EmptyRows.COUNT);
    }
  }

  /** Groups count the same, and tokens within a group. */
  @Kind(
      value = "group-token-mean",
      description = "Mean over groups of the mean over all tokens of the group.")
  record GroupTokenMean() implements AggregationConfig {

    @Override
    public Aggregation aggregation() {
      return new org.grpo4j.objective.GroupTokenMean();
    }
  }

  /**
   * The sum over all tokens divided by a constant.
   *
   * @param divisor the constant
   */
  @Kind(
      value = "sum-norm",
      description =
          "Sum over all tokens of the batch divided by a constant, not by the number of completions:"
              + " verl's seq-mean-token-sum-norm.")
  record SumNorm(
      @Setting(value = "The constant.", range = "(0, inf)", unit = "tokens") double divisor)
      implements AggregationConfig {

    @Override
    public Aggregation aggregation() {
      return new org.grpo4j.objective.SumNorm(divisor);
    }
  }
}
