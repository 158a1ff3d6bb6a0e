package org.grpo4j.course.catalogue;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.EmptyRows;

@Story(
    area = "masks and aggregation",
    what = "Tokens are added up instead of averaged.",
    symptom = "The step depends on the length of the completions.",
    elsewhere =
        "REINFORCE over whole completions does so; GRPO's form of Eq. 6 divides by the length.")
final class SumForMean extends Mistake {

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    return new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT).weights(mask, groups);
  }
}
