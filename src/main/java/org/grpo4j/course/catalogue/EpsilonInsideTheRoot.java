package org.grpo4j.course.catalogue;

import org.grpo4j.math.Moments;

@Story(
    area = "advantage",
    what = "Epsilon is added to the variance instead of the deviation.",
    symptom = "Only visible where rewards hardly differ.",
    seen = "easy to make; right for whitening as in verl",
    elsewhere = "Right for whitening as in verl; Eq. 3 here adds epsilon to the deviation.")
final class EpsilonInsideTheRoot extends RewardMistake {

  @Override
  double advantage(double reward, Moments group) {
    return (reward - group.mean()) / Math.sqrt(group.sampleVariance() + STD_EPSILON);
  }
}
