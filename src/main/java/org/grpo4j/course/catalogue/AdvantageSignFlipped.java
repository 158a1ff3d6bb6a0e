package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "Mean minus reward instead of reward minus mean.",
    symptom = "Reward falls from the first update.",
    seen = "easy to make when a loss is turned into an objective")
final class AdvantageSignFlipped extends Mistake {

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int g = 0; g < groups.count(); g++) {
      Moments group = Moments.ofPresent(groups.select(g, rewards));
      for (int i : groups.members(g)) {
        boolean none = Double.isNaN(rewards.get(i)) || group.allEqual();
        advantages[i] =
            none ? 0 : (group.mean() - rewards.get(i)) / (group.sampleStandardDeviation() + 1e-4);
      }
    }
    return DoubleVector.of(advantages);
  }
}
