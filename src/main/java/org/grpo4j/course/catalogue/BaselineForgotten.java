package org.grpo4j.course.catalogue;

import org.grpo4j.math.Moments;

@Story(
    area = "advantage",
    what = "The reward is divided by the deviation, but the mean is not subtracted.",
    symptom = "Completions that got nothing are not made less likely.")
final class BaselineForgotten extends RewardMistake {

  @Override
  double advantage(double reward, Moments group) {
    return reward / (group.sampleStandardDeviation() + STD_EPSILON);
  }
}
