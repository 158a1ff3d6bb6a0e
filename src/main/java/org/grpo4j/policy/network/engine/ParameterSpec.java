package org.grpo4j.policy.network.engine;

import java.util.SplittableRandom;
import org.grpo4j.math.NormalDeviates;

/**
 * One parameter array of a layer: its place in the layer's part of the flat vector, row-major, and
 * how its first values are drawn.
 *
 * @param key its name within the layer, such as {@code attention.qkv.weight}
 * @param rows number of outputs (rows of a weight matrix, or elements of a vector)
 * @param columns number of inputs; 0 makes it a vector
 * @param initialDeviation standard deviation of the normal distribution of its first values
 * @param initialMean mean of its first values: 1 for gains, else 0
 */
public record ParameterSpec(
    String key, int rows, int columns, double initialDeviation, double initialMean) {

  /** A weight matrix {@code [rows][columns]}, row-major, normal around 0. */
  static ParameterSpec weight(String key, int rows, int columns, double deviation) {
    return new ParameterSpec(key, rows, columns, deviation, 0);
  }

  /** A vector of zeros. */
  static ParameterSpec bias(String key, int size) {
    return new ParameterSpec(key, size, 0, 0, 0);
  }

  /** A vector of ones. */
  static ParameterSpec gain(String key, int size) {
    return new ParameterSpec(key, size, 0, 0, 1);
  }

  /** Number of its elements. */
  public int size() {
    return columns == 0 ? rows : rows * columns;
  }

  /** True for a matrix. */
  public boolean isWeight() {
    return columns > 0;
  }

  /** Rows and columns, or the length of a vector. */
  public long[] shape() {
    return columns == 0 ? new long[] {rows} : new long[] {rows, columns};
  }

  /** The first values, in double. */
  public double[] firstValues(SplittableRandom random) {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      double deviate = initialDeviation == 0 ? 0 : NormalDeviates.next(random);
      values[i] = initialMean + initialDeviation * deviate;
    }
    return values;
  }
}
