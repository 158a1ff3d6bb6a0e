package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "Mean and deviation of the whole batch instead of the group.",
    symptom = "Easy prompts are always rewarded, hard ones always punished.",
    seen = "XU-YIJIE/grpo-flat#2",
    elsewhere = "REINFORCE++ compares over the batch; Eq. 3 here compares within the group.")
final class WholeBatchNormalization extends Mistake {

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
