package org.grpo4j.course.catalogue;

@Story(
    area = "critic",
    what = "The smaller of the two squared errors is taken instead of the larger.",
    symptom = "A value that moved away from its target is left there.")
final class ValueClipTakesTheMinimum extends Mistake {

  @Override
  public double valueLoss(double value, double oldValue, double target, double clip) {
    double clipped = oldValue + Math.max(-clip, Math.min(value - oldValue, clip));
    double error = value - target;
    double clippedError = clipped - target;
    return Math.min(error * error, clippedError * clippedError) / 2;
  }
}
