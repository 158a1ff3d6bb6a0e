package org.grpo4j.course.catalogue;

@Story(
    area = "masks and aggregation",
    what = "Masked numbers are multiplied by 0 after the exponential.",
    symptom = "NaN as soon as a padded position holds an infinite log-probability.")
final class MaskAfterExponential extends Mistake {

  @Override
  public double masked(double value, double mask) {
    return value * mask;
  }
}
