package org.grpo4j.mistakes;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.EmptyRows;

/** Tokens are added up instead of averaged. */
public final class SumForMean extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "Tokens are added up instead of averaged.";
  }

  @Override
  public String symptom() {
    return "The step depends on the length of the completions.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    return new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT).weights(mask, groups);
  }
}
