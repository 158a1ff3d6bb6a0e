package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.RatioRow;
import org.grpo4j.objective.ReinforceSurrogate;

@Story(
    area = "ratio and surrogate",
    what = "The old log-probabilities are recomputed in every inner step.",
    symptom =
        "The ratio is always exactly 1 and nothing is ever clipped, also with several inner"
            + " epochs.",
    seen = "huggingface/trl#3120 asks whether this is one")
final class OldPolicyAlwaysCurrent extends Mistake {

  @Override
  public DoubleVector ratios(RatioRow row) {
    return DoubleVector.constant(row.mask().size(), 1);
  }

  /** With a ratio of 1 every surrogate has the slope of REINFORCE. */
  @Override
  public TokenTable training(TrainingRun run) {
    return run.numbers(new ReinforceSurrogate());
  }
}
