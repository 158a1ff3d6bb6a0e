package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/** The reward is divided by the deviation, but the mean is not subtracted. */
public final class BaselineForgotten extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "The reward is divided by the deviation, but the mean is not subtracted.";
  }

  @Override
  public String symptom() {
    return "Completions that got nothing are not made less likely.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

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
