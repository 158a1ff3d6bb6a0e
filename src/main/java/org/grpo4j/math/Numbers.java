package org.grpo4j.math;

/**
 * Numbers as short text, without locale and without {@code String.format}, the same on the JVM and
 * in the page.
 */
public final class Numbers {

  private static final int SIGNIFICANT_DIGITS = 4;

  private static final DoubleVector POWERS_OF_TEN =
      DoubleVector.of(1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9);

  private Numbers() {}

  /**
   * {@code a b}, but 0 where one factor is 0 and the other infinite: an advantage of 0, a dropped
   * token or a slope that has faded gives 0, whatever the ratio. {@code NaN} stays {@code NaN}.
   */
  public static double product(double a, double b) {
    double product = a * b;
    return Double.isNaN(product)
            && (a == 0 || b == 0)
            && (Double.isInfinite(a) || Double.isInfinite(b))
        ? 0
        : product;
  }

  /**
   * {@code sum}, but 0 where its terms cancel up to rounding: {@code 0.1 + 0.2 - 0.3} is 0 and not
   * 5.6e-17, which a division by a standard deviation would make as large as any reward. Infinite
   * terms do not cancel.
   *
   * @param magnitude sum of the absolute values of the terms
   */
  public static double withoutResidue(double sum, double magnitude) {
    boolean residue = Math.abs(sum) <= Moments.EQUAL_UP_TO * magnitude;
    return residue && magnitude < Double.POSITIVE_INFINITY ? 0 : sum;
  }

  /** A number of things: {@code 1 update}, {@code 200 updates}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** At most four significant digits: {@code 0.3333}, {@code -1.5}, {@code 2}, {@code 1.2e-7}. */
  public static String brief(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    if (value == 0) {
      return "0";
    }
    int exponent = exponent(Math.abs(value));
    if (exponent < -4 || exponent > 8) {
      return plain(mantissa(value, exponent), SIGNIFICANT_DIGITS - 1) + "e" + exponent;
    }
    return plain(value, Math.max(0, SIGNIFICANT_DIGITS - 1 - exponent));
  }

  /** The power of ten of the first digit; the bounds are exact for the numbers written plainly. */
  private static int exponent(double size) {
    for (int i = 0; i < POWERS_OF_TEN.size(); i++) {
      if (size < POWERS_OF_TEN.get(i)) {
        return i == 0 ? exponentOfSmall(size) : i - 5;
      }
    }
    int exponent = 8;
    for (double rest = size / 1e8; rest >= 10; rest /= 10) {
      exponent++;
    }
    return exponent;
  }

  private static int exponentOfSmall(double size) {
    int exponent = -4;
    for (double rest = size * 1e4; rest < 1; rest *= 10) {
      exponent--;
    }
    return exponent;
  }

  private static double mantissa(double value, int exponent) {
    double mantissa = value;
    for (int i = 0; i < exponent; i++) {
      mantissa /= 10;
    }
    for (int i = 0; i > exponent; i--) {
      mantissa *= 10;
    }
    return mantissa;
  }

  /** {@code value} rounded to {@code decimals} places, trailing zeros removed. */
  private static String plain(double value, int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    long scaled = (long) Math.floor(Math.abs(value) * scale + 0.5);
    StringBuilder digits = new StringBuilder(Long.toString(scaled % scale));
    while (digits.length() < decimals) {
      digits.insert(0, '0');
    }
    while (digits.length() > 0 && digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    String sign = value < 0 && scaled != 0 ? "-" : "";
    return sign + scaled / scale + (scale == 1 || digits.isEmpty() ? "" : "." + digits);
  }
}
