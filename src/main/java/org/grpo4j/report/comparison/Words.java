package org.grpo4j.report.comparison;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.experiment.statistics.PairedComparison;

/** Numbers as text for reports; none of it depends on a locale. */
final class Words {

  private static final double LARGE = 1e4;

  private Words() {}

  /** {@code 0.873}, {@code 8.24}, {@code 31.2k}, {@code 741M}: three or four significant digits. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    double size = Math.abs(value);
    if (size >= 1e9) {
      return decimals(value / 1e9, 2) + "G";
    }
    if (size >= 1e6) {
      return decimals(value / 1e6, size >= 1e8 ? 0 : 1) + "M";
    }
    if (size >= LARGE) {
      return decimals(value / 1e3, 1) + "k";
    }
    if (size != 0 && size < 1e-3) {
      return new BigDecimal(value).round(new MathContext(2)).toString();
    }
    return decimals(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 2 ? 2 : 3);
  }

  /** The number with its sign: {@code +0.027}. */
  static String signed(double value) {
    return value > 0 && !Double.isInfinite(value) ? "+" + number(value) : number(value);
  }

  static String interval(Optional<ConfidenceInterval> interval) {
    return interval
        .map(found -> "[" + number(found.low()) + ", " + number(found.high()) + "]")
        .orElse("-");
  }

  static String signedInterval(Optional<ConfidenceInterval> interval) {
    return interval
        .map(found -> "[" + signed(found.low()) + ", " + signed(found.high()) + "]")
        .orElse("-");
  }

  /** {@code 0.0625}, {@code 0.002 (ties)}, and a star if it is not exact. */
  static String pValue(PairedComparison paired) {
    return pValue(paired.wilcoxon().twoSidedPValue())
        + (paired.wilcoxon().tied() ? " t" : "")
        + (paired.wilcoxon().zeros() > 0 ? " z" : "")
        + (paired.wilcoxon().exact() ? "" : " ~");
  }

  /** {@code 0.0625}, {@code 0.231}, {@code < 0.0001}. */
  static String pValue(double p) {
    return Double.isNaN(p) ? "-" : p < 1e-4 ? "< 0.0001" : decimals(p, p < 0.1 ? 4 : 3);
  }

  /** The number of seeds it would have taken. */
  static String seedsNeeded(PairedComparison paired) {
    double seeds = paired.seedsNeeded();
    if (Double.isNaN(seeds)) {
      return "-";
    }
    return Double.isInfinite(seeds) ? "no effect" : seeds > LARGE ? "> 10k" : decimals(seeds, 0);
  }

  private static String decimals(double value, int decimals) {
    BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? rounded.abs().toPlainString() : rounded.toPlainString();
  }
}
