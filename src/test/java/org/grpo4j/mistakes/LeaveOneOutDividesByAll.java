package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/** RLOO leaves the completion out of the sum but still divides by G. */
public final class LeaveOneOutDividesByAll extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "RLOO leaves the completion out of the sum but still divides by G.";
  }

  @Override
  public String symptom() {
    return "With rewards of 0 and 1 successes gain more than failures lose: the gradient keeps its mean and gets noisier.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

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
