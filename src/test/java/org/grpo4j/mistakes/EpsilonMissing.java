package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/** Nothing is added to the deviation. */
public final class EpsilonMissing extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "Nothing is added to the deviation.";
  }

  @Override
  public String symptom() {
    return "Advantages of the size of rounding errors are blown up to 1.";
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
        advantages[i] =
            none ? 0 : (rewards.get(i) - group.mean()) / group.sampleStandardDeviation();
      }
    }
    return DoubleVector.of(advantages);
  }
}
