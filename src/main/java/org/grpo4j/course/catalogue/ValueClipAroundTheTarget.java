package org.grpo4j.course.catalogue;

@Story(
    area = "critic",
    what = "The new value is clipped to the neighbourhood of the target instead of the old value.",
    symptom = "Large errors look small.")
final class ValueClipAroundTheTarget extends Mistake {

  @Override
  public double valueLoss(double value, double oldValue, double target, double clip) {
    return super.valueLoss(value, target, target, clip);
  }
}
