package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "The baseline of RLOO is the mean of the whole group, the completion included.",
    symptom = "The gradient is too short by (G - 1)/G; in pairs by half.",
    elsewhere = "Dr. GRPO does so; Eq. 32 here leaves the completion out of its own baseline.")
final class LeaveOneOutKeepsItself extends Mistake {

  @Override
  public DoubleVector leaveOneOut(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int i = 0; i < advantages.length; i++) {
      Moments group = Moments.ofPresent(groups.select(groups.groupOf(i), rewards));
      advantages[i] = rewards.get(i) - group.mean();
    }
    return DoubleVector.of(advantages);
  }
}
