package org.grpo4j.math;

/** Numbers as short text, without locale and without {@code String.format}. */
public final class Numbers {

  private static final int SIGNIFICANT_DIGITS = 4;

  private Numbers() {}

  /** At most four significant digits: {@code 0.3333}, {@code -1.5}, {@code 2}, {@code 1.2e-7}. */
  public static String brief(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    if (value == 0) {
      return "0";
    }
    int exponent = (int) Math.floor(Math.log10(Math.abs(value)));
    if (exponent < -4 || exponent > 8) {
      return plain(value / Math.pow(10, exponent), SIGNIFICANT_DIGITS - 1) + "e" + exponent;
    }
    return plain(value, Math.max(0, SIGNIFICANT_DIGITS - 1 - exponent));
  }

  /** {@code value} rounded to {@code decimals} places, trailing zeros removed. */
  private static String plain(double value, int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    long scaled = Math.round(Math.abs(value) * scale);
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
