package org.grpo4j.experiment.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The text of numbers in experiment files. */
final class NumberText {

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,18})");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?");

  private NumberText() {}

  /** True for a whole number in decimal digits without leading zeros (YAML's octal trap). */
  static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }

  /** True for a decimal number; {@code .nan} and {@code .inf} are none. */
  static boolean isDecimal(String text) {
    return DECIMAL.matcher(text).matches();
  }

  /** The shortest text that reads back as {@code value}. */
  static String of(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    return size >= 1e-4 && size < 1e9
        ? exact.toPlainString()
        : exact.toString().replace("E+", "e").replace('E', 'e');
  }
}
