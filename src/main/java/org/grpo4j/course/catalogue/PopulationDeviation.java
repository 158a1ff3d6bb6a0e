package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "The deviation of the group has divisor n instead of n - 1.",
    symptom =
        "Advantages 15 % too large in groups of four, 41 % in pairs; looks like another learning"
            + " rate.",
    seen = "GRPO-Zero, nano-aha-moment, minimind (numpy divides by n by default)",
    elsewhere = "Other code does so; Eq. 3 here divides by n - 1.")
final class PopulationDeviation extends Mistake {

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int g = 0; g < groups.count(); g++) {
      Moments group = Moments.ofPresent(groups.select(g, rewards));
      for (int i : groups.members(g)) {
        boolean none = Double.isNaN(rewards.get(i)) || group.allEqual();
        advantages[i] =
            none
                ? 0
                : (rewards.get(i) - group.mean()) / (group.populationStandardDeviation() + 1e-4);
      }
    }
    return DoubleVector.of(advantages);
  }
}
