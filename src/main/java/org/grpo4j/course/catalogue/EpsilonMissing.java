package org.grpo4j.course.catalogue;

import org.grpo4j.math.Moments;

@Story(
    area = "advantage",
    what = "Nothing is added to the deviation.",
    symptom = "Advantages of the size of rounding errors are blown up to 1.")
final class EpsilonMissing extends RewardMistake {

  @Override
  double advantage(double reward, Moments group) {
    return (reward - group.mean()) / group.sampleStandardDeviation();
  }
}
