package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/** Epsilon is added to the variance instead of the deviation. */
public final class EpsilonInsideTheRoot extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "Epsilon is added to the variance instead of the deviation.";
  }

  @Override
  public String symptom() {
    return "Only visible where rewards hardly differ.";
  }

  @Override
  public String seen() {
    return "easy to make; right for whitening as in verl";
  }

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
