package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "RLOO leaves the completion out of the sum but still divides by G.",
    symptom =
        "With rewards of 0 and 1 successes gain more than failures lose: the gradient keeps its"
            + " mean and gets noisier.")
final class LeaveOneOutDividesByAll extends Mistake {

  @Override
  public DoubleVector leaveOneOut(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int i = 0; i < advantages.length; i++) {
      Moments group = Moments.ofPresent(groups.select(groups.groupOf(i), rewards));
      double others = group.mean() * group.count() - rewards.get(i);
      advantages[i] = rewards.get(i) - others / group.count();
    }
    return DoubleVector.of(advantages);
  }
}
