package org.grpo4j.math;

import java.util.Arrays;

/**
 * An immutable vector of doubles: what records hold instead of an array, so that a debugger shows
 * the numbers and two values with the same numbers are equal.
 *
 * <p>Equality and hash code are those of the bits ({@link Double#doubleToLongBits}), so {@code NaN}
 * equals itself and {@code 0.0} differs from {@code -0.0}: what "the same run" has to mean.
 */
public final class DoubleVector {

  private static final DoubleVector EMPTY = new DoubleVector(new double[0]);

  private final double[] values;

  private DoubleVector(double[] values) {
    this.values = values;
  }

  /** The vector of these values; the array is copied. */
  public static DoubleVector of(double... values) {
    return values.length == 0 ? EMPTY : new DoubleVector(values.clone());
  }

  /** The vector without elements. */
  public static DoubleVector empty() {
    return EMPTY;
  }

  /** {@code size} times {@code value}. */
  public static DoubleVector constant(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return new DoubleVector(values);
  }

  /** Number of elements. */
  public int size() {
    return values.length;
  }

  /**
   * Element {@code index}, from 0.
   *
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public double get(int index) {
    return values[index];
  }

  /** A fresh array of the elements. */
  public double[] toArray() {
    return values.clone();
  }

  /** The sum from the first element to the last, in that order; 0 for the empty vector. */
  public double sum() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleVector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** For people: {@code [0.25, -1.5, 3.333]}, each element to four significant digits. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ").append(Numbers.brief(values[i]));
    }
    return text.append(']').toString();
  }
}
