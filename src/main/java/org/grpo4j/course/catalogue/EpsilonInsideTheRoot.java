package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "Epsilon is added to the variance instead of the deviation.",
    symptom = "Only visible where rewards hardly differ.",
    seen = "easy to make; right for whitening as in verl",
    elsewhere = "Right for whitening as in verl; Eq. 3 here adds epsilon to the deviation.")
final class EpsilonInsideTheRoot extends Mistake {

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int g = 0; g < groups.count(); g++) {
      Moments group = Moments.ofPresent(groups.select(g, rewards));
      for (int i : groups.members(g)) {
        boolean none = Double.isNaN(rewards.get(i)) || group.allEqual();
        advantages[i] =
            none ? 0 : (rewards.get(i) - group.mean()) / Math.sqrt(group.sampleVariance() + 1e-4);
      }
    }
    return DoubleVector.of(advantages);
  }
}
