package org.grpo4j.report;

import org.grpo4j.math.DoubleVector;

/**
 * Points of a curve.
 *
 * @param x where, ascending
 * @param y the values
 */
record Curve(DoubleVector x, DoubleVector y) {

  /** The points of two columns at which both have a number. */
  static Curve of(DoubleVector x, DoubleVector y) {
    int points = 0;
    double[] xs = new double[x.size()];
    double[] ys = new double[x.size()];
    for (int i = 0; i < x.size(); i++) {
      if (Double.isFinite(x.get(i)) && Double.isFinite(y.get(i))) {
        xs[points] = x.get(i);
        ys[points] = y.get(i);
        points++;
      }
    }
    return new Curve(
        DoubleVector.of(java.util.Arrays.copyOf(xs, points)),
        DoubleVector.of(java.util.Arrays.copyOf(ys, points)));
  }

  boolean isEmpty() {
    return x.size() == 0;
  }

  /** With a point before the first one. */
  Curve startingAt(double firstX, double firstY) {
    double[] xs = new double[x.size() + 1];
    double[] ys = new double[x.size() + 1];
    xs[0] = firstX;
    ys[0] = firstY;
    System.arraycopy(x.toArray(), 0, xs, 1, x.size());
    System.arraycopy(y.toArray(), 0, ys, 1, y.size());
    return new Curve(DoubleVector.of(xs), DoubleVector.of(ys));
  }

  /** Each value replaced by the mean of those at most {@code radius} points away. */
  Curve smoothed(int radius) {
    double[] smooth = new double[y.size()];
    for (int i = 0; i < smooth.length; i++) {
      int from = Math.max(0, i - radius);
      int to = Math.min(smooth.length, i + radius + 1);
      double sum = 0;
      for (int j = from; j < to; j++) {
        sum += y.get(j);
      }
      smooth[i] = sum / (to - from);
    }
    return new Curve(x, DoubleVector.of(smooth));
  }
}
