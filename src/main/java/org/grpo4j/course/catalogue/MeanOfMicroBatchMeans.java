package org.grpo4j.course.catalogue;

import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;

@Story(
    area = "masks and aggregation",
    what = "Each micro-batch is divided by its own tokens, and the results are averaged.",
    symptom = "The gradient depends on how the batch is cut.",
    seen = "TRL loss_type bnpo; huggingface/trl#3021",
    elsewhere = "TRL's loss_type bnpo does so; here all micro-batches share one divisor.")
final class MeanOfMicroBatchMeans extends Mistake {

  @Override
  public TokenTable tokenMeanWeights(
      TokenTable mask, RowGroups groups, int windowTokens, int microBatches) {
    return new Aggregation.SumNorm(Math.max(1, Masks.count(mask)) * microBatches)
        .weights(mask, groups);
  }
}
