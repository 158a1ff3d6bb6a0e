package org.grpo4j.cli.text;

import java.util.Locale;
import org.grpo4j.metric.WilsonInterval;

/** Numbers as people read them. */
public final class Figures {

  private static final double MEBIBYTE = 1024.0 * 1024.0;

  private Figures() {}

  /** {@code 0.996}. */
  public static String share(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "-";
  }

  /** {@code 0.996 [0.986, 0.999]}. */
  public static String share(double value, WilsonInterval interval) {
    return String.format(
        Locale.ROOT, "%.3f [%.3f, %.3f]", value, interval.lower(), interval.upper());
  }

  /** {@code 8.21}. */
  public static String decimals(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "-";
  }

  /** {@code 51,200}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 1 update}, {@code 51,200 updates}. */
  public static String count(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** {@code 9.4 s}, {@code 3 min 20 s}. */
  public static String seconds(double value) {
    if (value < 100) {
      return String.format(Locale.ROOT, "%.1f s", value);
    }
    long whole = Math.round(value);
    return whole / 60 + " min " + whole % 60 + " s";
  }

  /** {@code 3.1e11}. */
  static String scientific(double value) {
    return String.format(Locale.ROOT, "%.1e", value).replace("e+", "e");
  }

  /** {@code 512 MiB}. */
  public static String mebibytes(long bytes) {
    return Math.round(bytes / MEBIBYTE) + " MiB";
  }
}
