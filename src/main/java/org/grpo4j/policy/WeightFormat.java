package org.grpo4j.policy;

import org.grpo4j.math.DoubleVector;

/** A format that weights are stored in: rounded to the nearest number it has, halfway to even. */
public enum WeightFormat {
  /** 24 binary digits: what a policy that computes in float has anyway. */
  FLOAT32,
  /** The exponents of a float and 8 binary digits, as engines that only sample store weights. */
  BFLOAT16;

  private static final int LEAST_EXPONENT = -126;
  private static final int FRACTION_BITS = 7;
  private static final double BEYOND = 0x1p128;

  /** From here on a double is a whole number. */
  private static final double NO_FRACTION = 0x1p52;

  /** {@code x} rounded; infinite if that is larger than the largest number of the format. */
  public double round(double x) {
    return this == FLOAT32 ? (float) x : bfloat16(x);
  }

  /** Every number of {@code values} rounded. */
  public DoubleVector round(DoubleVector values) {
    double[] rounded = values.toArray();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = round(rounded[i]);
    }
    return DoubleVector.of(rounded);
  }

  /**
   * Division by a power of two is exact, and a sum that has no room for a fraction is rounded
   * halfway to even; {@code Math.rint} is not everywhere.
   */
  private static double bfloat16(double x) {
    int exponent = Math.max(Math.getExponent(x), LEAST_EXPONENT);
    double unit = Math.scalb(1.0, Math.min(exponent, 127) - FRACTION_BITS);
    double rounded = (Math.abs(x) / unit + NO_FRACTION - NO_FRACTION) * unit;
    return Math.copySign(rounded >= BEYOND ? Double.POSITIVE_INFINITY : rounded, x);
  }
}
