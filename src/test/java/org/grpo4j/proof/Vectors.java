package org.grpo4j.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.DoubleVector;

/** Arithmetic on parameter vectors. */
public final class Vectors {

  private Vectors() {}

  /** {@code to += factor * vector}. */
  public static void add(double[] to, double factor, DoubleVector vector) {
    for (int k = 0; k < to.length; k++) {
      to[k] += factor * vector.get(k);
    }
  }

  public static double[] times(double factor, double[] vector) {
    double[] product = new double[vector.length];
    for (int k = 0; k < product.length; k++) {
      product[k] = factor * vector[k];
    }
    return product;
  }

  public static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int k = 0; k < difference.length; k++) {
      difference[k] = a[k] - b[k];
    }
    return difference;
  }

  public static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int k = 0; k < a.length; k++) {
      dot += a[k] * b[k];
    }
    return dot;
  }

  public static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  public static double cosine(double[] a, double[] b) {
    return dot(a, b) / (norm(a) * norm(b));
  }

  /** The difference is at most {@code relative} times the length of what is expected. */
  public static void assertSame(double[] expected, double[] actual, double relative, String what) {
    double difference = norm(minus(actual, expected));
    double scale = norm(expected);
    assertTrue(
        difference <= relative * scale,
        what + ": relative difference " + difference / scale + ", at most " + relative);
  }
}
