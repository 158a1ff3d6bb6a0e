package org.grpo4j.objective;

import java.util.List;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Require;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * From losses per token to one loss: {@code L = sum_it w_it loss_it} with weights that do not
 * depend on the policy (Eq. 6). The fourth of the five columns that make up an algorithm, and the
 * one whose choice most often goes unsaid. {@code n_i} is the number of tokens of completion {@code
 * i} that count, {@code M} their sum, {@code N} the number of completions.
 */
@Kinds({
  Aggregation.SequenceMeanTokenMean.class,
  Aggregation.TokenMean.class,
  Aggregation.SequenceMeanTokenSum.class,
  Aggregation.SequenceMeanTokenSumNorm.class,
  Aggregation.GroupTokenMean.class,
  Aggregation.SumNorm.class
})
public interface Aggregation {

  /** The mean over completions of the mean over tokens: GRPO as in the paper. */
  static Aggregation sequenceMeanTokenMean() {
    return new SequenceMeanTokenMean(EmptyRows.COUNT);
  }

  /** The mean over all tokens: DAPO. */
  static Aggregation tokenMean() {
    return new TokenMean();
  }

  /** The weights {@code w_it}, {@code [N][T_i]}; 0 where masked. */
  TokenTable weights(TokenTable mask, RowGroups groups);

  /** The divisors of 1, one after the other, that give the weight of the tokens of {@code row}. */
  List<Explanation> divisors(TokenTable mask, RowGroups groups, int row);

  /** The explanation of the weight {@code w_it} of the tokens of {@code row}. */
  default Explanation explain(TokenTable mask, RowGroups groups, int row) {
    List<Explanation> divisors = divisors(mask, groups, row);
    double weight = 1;
    for (Explanation divisor : divisors) {
      weight /= divisor.value();
    }
    String formula = divisors.size() == 1 ? "1 / {0}" : "1 / ({0} * {1})";
    return new Explanation(weight, "w", "weight of the token", formula, divisors);
  }

  /**
   * {@code w_it = 1 / (n_i N)}: the mean over completions of the mean over the tokens of each, as
   * in DeepSeekMath eq. (3). A token of a long completion weighs less than one of a short
   * completion.
   *
   * @param emptyRows whether completions without tokens count in {@code N}
   */
  @Kind(
      value = "sequence-mean-token-mean",
      label = "Mean of completions' means (GRPO)",
      description = "Mean over completions of the mean over their tokens: the paper's form.")
  record SequenceMeanTokenMean(
      @Setting(value = EmptyRows.MEANING, byDefault = "count", added = true) EmptyRows emptyRows)
      implements Aggregation {

    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      int rows = emptyRows.rows(mask);
      double[] perRow = new double[mask.rows()];
      for (int i = 0; i < perRow.length; i++) {
        perRow[i] = 1.0 / Math.max(1, Masks.count(mask.row(i))) / rows;
      }
      return Masks.spread(DoubleVector.of(perRow), mask);
    }

    @Override
    public List<Explanation> divisors(TokenTable mask, RowGroups groups, int row) {
      int tokens = Math.max(1, Masks.count(mask.row(row)));
      return List.of(
          Explanation.of(tokens, "n_i", "tokens of the completion"), emptyRows.explain(mask));
    }
  }

  /**
   * {@code w_it = 1 / M}: the mean over all tokens of the batch, DAPO eq. (8). Long completions
   * weigh more. Where a loss is accumulated over parts of a batch, {@link SumNorm} with the number
   * of tokens of the whole batch is the same.
   */
  @Kind(
      value = "token-mean",
      label = "Mean of all tokens (DAPO)",
      description = "Mean over all tokens of the batch: DAPO.")
  record TokenMean() implements Aggregation {

    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      double weight = 1.0 / Math.max(1, Masks.count(mask));
      return Masks.spread(DoubleVector.constant(mask.rows(), weight), mask);
    }

    @Override
    public List<Explanation> divisors(TokenTable mask, RowGroups groups, int row) {
      int tokens = Math.max(1, Masks.count(mask));
      return List.of(Explanation.of(tokens, "M", "tokens of the batch"));
    }
  }

  /**
   * {@code w_it = 1 / N}: the mean over completions of the sum over tokens; whole-sequence
   * REINFORCE, LUSPO.
   *
   * @param emptyRows whether completions without tokens count in {@code N}
   */
  @Kind(
      value = "sequence-mean-token-sum",
      label = "Mean of completions' sums",
      description = "Mean over completions of the sum over their tokens.")
  record SequenceMeanTokenSum(
      @Setting(value = EmptyRows.MEANING, byDefault = "count", added = true) EmptyRows emptyRows)
      implements Aggregation {

    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      double weight = 1.0 / emptyRows.rows(mask);
      return Masks.spread(DoubleVector.constant(mask.rows(), weight), mask);
    }

    @Override
    public List<Explanation> divisors(TokenTable mask, RowGroups groups, int row) {
      return List.of(emptyRows.explain(mask));
    }
  }

  /**
   * {@code w_it = 1 / (N C)}: as {@link SequenceMeanTokenSum}, divided by a constant such as the
   * limit of new tokens. Dr. GRPO: every token weighs the same in every batch.
   *
   * @param divisor {@code C}, positive
   * @param emptyRows whether completions without tokens count in {@code N}
   */
  @Kind(
      value = "sequence-mean-token-sum-norm",
      label = "Sums divided by a constant (Dr. GRPO)",
      description =
          "Mean over completions of the sum over their tokens divided by a constant: Dr. GRPO.")
  record SequenceMeanTokenSumNorm(
      @Setting(
              value = "The constant, usually the most tokens a completion can have.",
              range = "(0, inf)",
              unit = "tokens")
          double divisor,
      @Setting(value = EmptyRows.MEANING, byDefault = "count", added = true) EmptyRows emptyRows)
      implements Aggregation {

    public SequenceMeanTokenSumNorm {
      Require.positive("divisor", divisor);
    }

    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      double weight = 1.0 / emptyRows.rows(mask) / divisor;
      return Masks.spread(DoubleVector.constant(mask.rows(), weight), mask);
    }

    @Override
    public List<Explanation> divisors(TokenTable mask, RowGroups groups, int row) {
      return List.of(emptyRows.explain(mask), Explanation.of(divisor, "C", "constant"));
    }
  }

  /**
   * {@code w_it = 1 / (P M_g)} with {@code P} groups and {@code M_g} tokens in the completion's
   * group: the mean over prompts of the token mean inside each. DAPO eq. (8) read literally, where
   * the expectation over prompts stands outside the token mean.
   */
  @Kind(
      value = "group-token-mean",
      label = "Mean of groups' token means",
      description = "Mean over groups of the mean over all tokens of the group.")
  record GroupTokenMean() implements Aggregation {

    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      double[] perRow = new double[mask.rows()];
      for (int g = 0; g < groups.count(); g++) {
        int tokens = tokens(mask, groups, g);
        for (int i : groups.members(g)) {
          perRow[i] = 1.0 / Math.max(1, tokens) / groups.count();
        }
      }
      return Masks.spread(DoubleVector.of(perRow), mask);
    }

    private static int tokens(TokenTable mask, RowGroups groups, int group) {
      int tokens = 0;
      for (int i : groups.members(group)) {
        tokens += Masks.count(mask.row(i));
      }
      return tokens;
    }

    @Override
    public List<Explanation> divisors(TokenTable mask, RowGroups groups, int row) {
      int tokens = Math.max(1, tokens(mask, groups, groups.groupOf(row)));
      return List.of(
          Explanation.of(tokens, "M_g", "tokens of the group"),
          Explanation.of(groups.count(), "P", "groups"));
    }
  }

  /**
   * {@code w_it = 1 / C}: the sum over all tokens divided by a constant, and not by the number of
   * rows (verl's {@code seq-mean-token-sum-norm}).
   *
   * @param divisor {@code C}, positive
   */
  @Kind(
      value = "sum-norm",
      label = "Sum divided by a constant",
      description =
          "Sum over all tokens of the batch divided by a constant, not by the number of"
              + " completions: verl's seq-mean-token-sum-norm.")
  record SumNorm(
      @Setting(value = "The constant.", range = "(0, inf)", unit = "tokens") double divisor)
      implements Aggregation {

    public SumNorm {
      Require.positive("divisor", divisor);
    }

    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      return Masks.spread(DoubleVector.constant(mask.rows(), 1 / divisor), mask);
    }

    @Override
    public List<Explanation> divisors(TokenTable mask, RowGroups groups, int row) {
      return List.of(Explanation.of(divisor, "C", "constant"));
    }
  }
}
