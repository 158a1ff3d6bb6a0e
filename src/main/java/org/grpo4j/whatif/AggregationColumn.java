package org.grpo4j.whatif;

import java.util.List;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.EmptyRows;

/** The aggregation column: how the losses of tokens become one number. */
public final class AggregationColumn {

  private static final ChoiceParameter EMPTY_ROWS =
      ChoiceParameter.of(
          "emptyRows",
          "Whether a completion without any token that counts is averaged over.",
          EmptyRows.COUNT,
          EmptyRows.values());
  private static final NumberParameter DIVISOR =
      new NumberParameter(
          "divisor",
          "The constant, usually the most tokens a completion can have.",
          16,
          Bounds.above(0));

  /** The column. */
  public static final Column<Aggregation> COLUMN =
      new Column<>(
          "aggregation",
          "sequence-mean-token-mean",
          List.of(
              new Variant<>(
                  "sequence-mean-token-mean",
                  "Mean of completions' means (GRPO)",
                  "Mean over completions of the mean over their tokens: the paper's form.",
                  List.of(EMPTY_ROWS),
                  values -> new Aggregation.SequenceMeanTokenMean(emptyRows(values))),
              new Variant<>(
                  "token-mean",
                  "Mean of all tokens (DAPO)",
                  "Mean over all tokens of the batch.",
                  List.of(),
                  values -> new Aggregation.TokenMean()),
              new Variant<>(
                  "sequence-mean-token-sum",
                  "Mean of completions' sums",
                  "Mean over completions of the sum over their tokens.",
                  List.of(EMPTY_ROWS),
                  values -> new Aggregation.SequenceMeanTokenSum(emptyRows(values))),
              new Variant<>(
                  "sequence-mean-token-sum-norm",
                  "Sums divided by a constant (Dr. GRPO)",
                  "Mean over completions of the sum over their tokens divided by a constant.",
                  List.of(DIVISOR, EMPTY_ROWS),
                  values ->
                      new Aggregation.SequenceMeanTokenSumNorm(
                          DIVISOR.in(values), emptyRows(values))),
              Variant.of(
                  "group-token-mean",
                  "Mean of groups' token means",
                  "Mean over groups of the mean over all tokens of the group.",
                  new Aggregation.GroupTokenMean()),
              new Variant<>(
                  "sum-norm",
                  "Sum divided by a constant",
                  "Sum over all tokens divided by a constant, not by the number of completions.",
                  List.of(DIVISOR),
                  values -> new Aggregation.SumNorm(DIVISOR.in(values)))));

  private AggregationColumn() {}

  private static EmptyRows emptyRows(SettingValues values) {
    return EMPTY_ROWS.in(values, EmptyRows.values());
  }
}
