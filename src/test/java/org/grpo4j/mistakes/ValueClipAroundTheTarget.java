package org.grpo4j.mistakes;

/** The new value is clipped to the neighbourhood of the target instead of the old value. */
public final class ValueClipAroundTheTarget extends Mistake {

  @Override
  public String area() {
    return "critic";
  }

  @Override
  public String what() {
    return "The new value is clipped to the neighbourhood of the target instead of the old value.";
  }

  @Override
  public String symptom() {
    return "Large errors look small.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double valueLoss(double value, double oldValue, double target, double clip) {
    return super.valueLoss(value, target, target, clip);
  }
}
