package org.grpo4j.mistakes;

/** Masked numbers are multiplied by 0 after the exponential. */
public final class MaskAfterExponential extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "Masked numbers are multiplied by 0 after the exponential.";
  }

  @Override
  public String symptom() {
    return "NaN as soon as a padded position holds an infinite log-probability.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double masked(double value, double mask) {
    return value * mask;
  }
}
