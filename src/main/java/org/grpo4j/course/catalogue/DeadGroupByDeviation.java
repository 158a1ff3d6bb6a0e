package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what =
        "A group counts as dead when its deviation, in float, is exactly 0; otherwise it is divided"
            + " by it, epsilon 1e-8.",
    symptom = "A group of equal rewards of one third pushes at random.",
    seen = "float32 code with a tiny epsilon: advantages up to 0.9 out of nothing")
final class DeadGroupByDeviation extends Mistake {

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
