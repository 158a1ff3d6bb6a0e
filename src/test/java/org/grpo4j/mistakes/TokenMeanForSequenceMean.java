package org.grpo4j.mistakes;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;

/** GRPO is aggregated by the mean over all tokens. */
public final class TokenMeanForSequenceMean extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "GRPO is aggregated by the mean over all tokens.";
  }

  @Override
  public String symptom() {
    return "Long completions weigh more than in the paper.";
  }

  @Override
  public String seen() {
    return "the default of TRL (loss_type dapo) and verl (token-mean)";
  }

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    return Aggregation.tokenMean().weights(mask, groups);
  }
}
