package org.grpo4j.policy.network.engine;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies between Java arrays and whole ND4J vectors in one go. {@code addressPointer} respects the
 * offset of a view, {@code pointer} would not.
 */
public final class FlatArrays {

  private FlatArrays() {}

  /** The elements of a contiguous float or double array, as doubles. */
  public static double[] doubles(INDArray vector) {
    double[] values = new double[(int) vector.length()];
    Pointer source = vector.data().addressPointer();
    if (source instanceof FloatPointer pointer) {
      float[] narrow = new float[values.length];
      pointer.get(narrow);
      for (int i = 0; i < values.length; i++) {
        values[i] = narrow[i];
      }
    } else if (source instanceof DoublePointer pointer) {
      pointer.get(values);
    } else {
      throw new IllegalArgumentException("data type: must be float or double, got " + source);
    }
    return values;
  }

  /** Overwrites a contiguous array with {@code factor * values}. */
  public static void write(double[] values, double factor, INDArray into) {
    Pointer target = into.data().addressPointer();
    if (target instanceof FloatPointer pointer) {
      float[] scaled = new float[values.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = (float) (values[i] * factor);
      }
      pointer.put(scaled);
    } else if (target instanceof DoublePointer pointer) {
      double[] scaled = new double[values.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = values[i] * factor;
      }
      pointer.put(scaled);
    } else {
      throw new IllegalArgumentException("data type: must be float or double, got " + target);
    }
  }
}
