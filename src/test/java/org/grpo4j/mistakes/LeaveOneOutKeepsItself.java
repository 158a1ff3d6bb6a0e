package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/** The baseline of RLOO is the mean of the whole group, the completion included. */
public final class LeaveOneOutKeepsItself extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "The baseline of RLOO is the mean of the whole group, the completion included.";
  }

  @Override
  public String symptom() {
    return "The gradient is too short by (G - 1)/G; in pairs by half.";
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
      advantages[i] = rewards.get(i) - group.mean();
    }
    return DoubleVector.of(advantages);
  }
}
