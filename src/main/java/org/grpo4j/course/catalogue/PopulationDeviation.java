package org.grpo4j.course.catalogue;

import org.grpo4j.math.Moments;

@Story(
    area = "advantage",
    what = "The deviation of the group has divisor n instead of n - 1.",
    symptom =
        "Advantages 15 % too large in groups of four, 41 % in pairs; looks like another learning"
            + " rate.",
    seen = "GRPO-Zero, nano-aha-moment, minimind (numpy divides by n by default)",
    elsewhere = "Other code does so; Eq. 3 here divides by n - 1.")
final class PopulationDeviation extends RewardMistake {

  @Override
  double advantage(double reward, Moments group) {
    return (reward - group.mean()) / (group.populationStandardDeviation() + STD_EPSILON);
  }
}
