package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "The reward is divided by the deviation, but the mean is not subtracted.",
    symptom = "Completions that got nothing are not made less likely.")
final class BaselineForgotten extends Mistake {

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int g = 0; g < groups.count(); g++) {
      Moments group = Moments.ofPresent(groups.select(g, rewards));
      for (int i : groups.members(g)) {
        boolean none = Double.isNaN(rewards.get(i)) || group.allEqual();
        advantages[i] = none ? 0 : rewards.get(i) / (group.sampleStandardDeviation() + 1e-4);
      }
    }
    return DoubleVector.of(advantages);
  }
}
