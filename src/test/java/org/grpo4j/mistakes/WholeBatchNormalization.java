package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/** Mean and deviation of the whole batch instead of the group. */
public final class WholeBatchNormalization extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "Mean and deviation of the whole batch instead of the group.";
  }

  @Override
  public String symptom() {
    return "Easy prompts are always rewarded, hard ones always punished.";
  }

  @Override
  public String seen() {
    return "XU-YIJIE/grpo-flat#2";
  }

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    Moments batch = Moments.ofPresent(rewards.toArray());
    double[] advantages = new double[rewards.size()];
    for (int i = 0; i < advantages.length; i++) {
      boolean none = Double.isNaN(rewards.get(i)) || batch.allEqual();
      advantages[i] =
          none ? 0 : (rewards.get(i) - batch.mean()) / (batch.sampleStandardDeviation() + 1e-4);
    }
    return DoubleVector.of(advantages);
  }
}
