package org.grpo4j.mistakes;

import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;

/** Each micro-batch is divided by its own tokens, and the results are averaged. */
public final class MeanOfMicroBatchMeans extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "Each micro-batch is divided by its own tokens, and the results are averaged.";
  }

  @Override
  public String symptom() {
    return "The gradient depends on how the batch is cut.";
  }

  @Override
  public String seen() {
    return "TRL loss_type bnpo; huggingface/trl#3021";
  }

  @Override
  public TokenTable tokenMeanWeights(
      TokenTable mask, RowGroups groups, int windowTokens, int microBatches) {
    return new Aggregation.SumNorm(Math.max(1, Masks.count(mask)) * microBatches)
        .weights(mask, groups);
  }
}
