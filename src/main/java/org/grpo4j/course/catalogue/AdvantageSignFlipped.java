package org.grpo4j.course.catalogue;

import org.grpo4j.math.Moments;

@Story(
    area = "advantage",
    what = "Mean minus reward instead of reward minus mean.",
    symptom = "Reward falls from the first update.",
    seen = "easy to make when a loss is turned into an objective")
final class AdvantageSignFlipped extends RewardMistake {

  @Override
  double advantage(double reward, Moments group) {
    return (group.mean() - reward) / (group.sampleStandardDeviation() + STD_EPSILON);
  }
}
