package org.grpo4j.policy.network.kernels;

/**
 * Layer normalisation (Eq. 20) of feature-major columns: the same as {@link
 * org.grpo4j.policy.network.dl4j.LayerNormOperation}.
 */
interface LayerNorm {

  /**
   * The places of gain and bias in a flat vector, and what is kept for the way back.
   *
   * @param gain index of the first gain
   * @param bias index of the first bias
   * @param width features
   * @param means of each column
   * @param inverseDeviations of each column
   * @param scratch for numbers on the way
   */
  record Norm(
      int gain,
      int bias,
      int width,
      FloatScratch means,
      FloatScratch inverseDeviations,
      FloatScratch scratch) {

    static Norm of(int gain, int bias, int width) {
      return new Norm(
          gain, bias, width, new FloatScratch(), new FloatScratch(), new FloatScratch());
    }
  }

  /** {@code y = gain * (x - mean) / sqrt(variance + 1e-5) + bias}. */
  void forward(float[] parameters, Norm norm, ColumnMatrix x, ColumnMatrix y, int columns);

  /**
   * Overwrites {@code error = dL/dy} with {@code dL/dx} and adds the gradients of gain and bias.
   *
   * @param x the input of {@link #forward}
   */
  void backward(
      float[] parameters,
      float[] gradient,
      Norm norm,
      ColumnMatrix x,
      ColumnMatrix error,
      int columns);
}
