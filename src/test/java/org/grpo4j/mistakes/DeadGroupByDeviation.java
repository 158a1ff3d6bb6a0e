package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;

/**
 * A group counts as dead when its deviation, in float, is exactly 0; otherwise it is divided by it,
 * epsilon 1e-8.
 */
public final class DeadGroupByDeviation extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "A group counts as dead when its deviation, in float, is exactly 0; otherwise it is divided by it, epsilon 1e-8.";
  }

  @Override
  public String symptom() {
    return "A group of equal rewards of one third pushes at random.";
  }

  @Override
  public String seen() {
    return "float32 code with a tiny epsilon: advantages up to 0.9 out of nothing";
  }

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int g = 0; g < groups.count(); g++) {
      float sum = 0;
      for (double reward : groups.select(g, rewards)) {
        sum += (float) reward;
      }
      float mean = sum / groups.size(g);
      float squares = 0;
      for (double reward : groups.select(g, rewards)) {
        squares += ((float) reward - mean) * ((float) reward - mean);
      }
      float deviation = (float) Math.sqrt(squares / (groups.size(g) - 1));
      for (int i : groups.members(g)) {
        advantages[i] = deviation == 0 ? 0 : ((float) rewards.get(i) - mean) / (deviation + 1e-8f);
      }
    }
    return DoubleVector.of(advantages);
  }
}
