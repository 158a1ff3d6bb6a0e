package org.grpo4j.report.plot;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.Require;

/**
 * A straight map from numbers to pixels, with ticks at round numbers.
 *
 * @param from the number at {@code fromPixel}
 * @param to the number at {@code toPixel}, larger than {@code from}
 * @param fromPixel pixel of the smaller number
 * @param toPixel pixel of the larger number
 */
record Scale(double from, double to, double fromPixel, double toPixel) {

  Scale {
    Require.that(to > from, "to", "larger than from = " + from, to);
  }

  /** The scale of these numbers with a little room; never of no width. */
  static Scale around(double smallest, double largest, double fromPixel, double toPixel) {
    double width = largest - smallest;
    double room = width > 0 ? 0.04 * width : Math.max(1e-3, 0.05 * Math.abs(largest));
    return new Scale(smallest - room, largest + room, fromPixel, toPixel);
  }

  double pixel(double value) {
    return fromPixel + (value - from) / (to - from) * (toPixel - fromPixel);
  }

  /** Round numbers within the scale, about {@code wanted} of them. */
  List<Double> ticks(int wanted) {
    double distance = tickDistance(wanted);
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(from / distance - 1e-9); k * distance <= to * (1 + 1e-12); k++) {
      ticks.add(k * distance);
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten. */
  private double tickDistance(int wanted) {
    double rough = (to - from) / wanted;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double factor = rough / power;
    return power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10);
  }

  /** {@code 0.25}, {@code 25k}, {@code 1.5M}. */
  static String label(double tick) {
    double size = Math.abs(tick);
    if (size >= 1e6) {
      return SvgText.number(tick / 1e6) + "M";
    }
    return size >= 1e4 ? SvgText.number(tick / 1e3) + "k" : SvgText.number(tick);
  }
}
