package org.grpo4j.course.catalogue;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;

@Story(
    area = "masks and aggregation",
    what = "GRPO is aggregated by the mean over all tokens.",
    symptom = "Long completions weigh more than in the paper.",
    seen = "the default of TRL (loss_type dapo) and verl (token-mean)",
    elsewhere =
        "DAPO does so; GRPO's form of Eq. 6 is the mean over completions of the mean over tokens.")
final class TokenMeanForSequenceMean extends Mistake {

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    return Aggregation.tokenMean().weights(mask, groups);
  }
}
