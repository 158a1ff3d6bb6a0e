package org.grpo4j.policy.network.dl4j;

/**
 * One parameter array of a layer: what DL4J needs to cut it out of the flat vector and to draw its
 * first values.
 *
 * @param key its name within the layer, such as {@code attention.qkv.weight}
 * @param rows number of outputs (rows of a weight matrix, or elements of a vector)
 * @param columns number of inputs; 0 makes it a vector
 * @param initialDeviation standard deviation of the normal distribution of its first values
 * @param initialMean mean of its first values: 1 for gains, else 0
 */
record ParameterSpec(
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

  int size() {
    return columns == 0 ? rows : rows * columns;
  }

  boolean isWeight() {
    return columns > 0;
  }

  long[] shape() {
    return columns == 0 ? new long[] {rows} : new long[] {rows, columns};
  }
}
