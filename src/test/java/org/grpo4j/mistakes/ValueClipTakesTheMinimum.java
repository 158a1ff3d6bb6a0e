package org.grpo4j.mistakes;

/** The smaller of the two squared errors is taken instead of the larger. */
public final class ValueClipTakesTheMinimum extends Mistake {

  @Override
  public String area() {
    return "critic";
  }

  @Override
  public String what() {
    return "The smaller of the two squared errors is taken instead of the larger.";
  }

  @Override
  public String symptom() {
    return "A value that moved away from its target is left there.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double valueLoss(double value, double oldValue, double target, double clip) {
    double clipped = oldValue + Math.max(-clip, Math.min(value - oldValue, clip));
    double error = value - target;
    double clippedError = clipped - target;
    return Math.min(error * error, clippedError * clippedError) / 2;
  }
}
