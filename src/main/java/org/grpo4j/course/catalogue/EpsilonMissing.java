package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "Nothing is added to the deviation.",
    symptom = "Advantages of the size of rounding errors are blown up to 1.")
final class EpsilonMissing extends Mistake {

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int g = 0; g < groups.count(); g++) {
      Moments group = Moments.ofPresent(groups.select(g, rewards));
      for (int i : groups.members(g)) {
        boolean none = Double.isNaN(rewards.get(i)) || group.allEqual();
        advantages[i] =
            none ? 0 : (rewards.get(i) - group.mean()) / group.sampleStandardDeviation();
      }
    }
    return DoubleVector.of(advantages);
  }
}
