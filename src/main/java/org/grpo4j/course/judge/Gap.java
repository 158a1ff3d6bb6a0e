package org.grpo4j.course.judge;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.TokenTable;

/**
 * A measurement: numbers as a property wants them, and as they are.
 *
 * @param right numbers that would fulfil the property
 * @param yours of the same shape
 */
record Gap(TokenTable right, TokenTable yours) {

  /** Nothing to measure in this case. */
  static final Gap NONE = of(0, 0);

  private static final double STEP = 1e-6;

  static Gap of(double right, double yours) {
    return new Gap(Rows.of(right), Rows.of(yours));
  }

  static Gap of(double[] right, DoubleVector yours) {
    return new Gap(Rows.of(right), Rows.of(yours.toArray()));
  }

  /** Finite difference and slope; no gap at a kink. */
  static Gap slope(DoubleUnaryOperator function, double at, double slope) {
    double here = function.applyAsDouble(at);
    double above = (function.applyAsDouble(at + STEP) - here) / STEP;
    double below = (here - function.applyAsDouble(at - STEP)) / STEP;
    double middle = (above + below) / 2;
    boolean kink = Math.abs(above - below) > 1e-3 * Math.max(1, Math.abs(middle));
    return kink ? NONE : of(middle, slope);
  }

  /** The claim filled with the first two numbers that differ, as far as a slope can tell. */
  Optional<String> fill(String claim) {
    for (int i = 0; i < right.rows(); i++) {
      for (int t = 0; t < right.length(i); t++) {
        double a = right.get(i, t);
        double b = yours.get(i, t);
        double scale = Math.max(0.1, Math.max(Math.abs(a), Math.abs(b)));
        if (!(Math.abs(a - b) <= 1e-5 * scale)) {
          String filled = claim.replace("{right}", Numbers.brief(a));
          return Optional.of(filled.replace("{yours}", Numbers.brief(b)));
        }
      }
    }
    return Optional.empty();
  }
}
