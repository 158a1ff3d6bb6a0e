package org.grpo4j.policy.network.kernels;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import java.nio.FloatBuffer;
import org.bytedeco.openblas.global.openblas;

/** The products by OpenBLAS's {@code cblas_sgemm}, on one thread. */
final class BlasMultiply implements MatrixMultiply {

  @Override
  public void product(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    openblas.cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        w.outputs,
        columns,
        w.inputs,
        1f,
        buffer(w.values, w.offset),
        w.inputs,
        buffer(x.values, x.offset),
        x.stride,
        0f,
        buffer(y.values, y.offset),
        y.stride);
  }

  @Override
  public void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns) {
    openblas.cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        w.inputs,
        columns,
        w.outputs,
        1f,
        buffer(w.values, w.offset),
        w.inputs,
        buffer(byY.values, byY.offset),
        byY.stride,
        0f,
        buffer(byX.values, byX.offset),
        byX.stride);
  }

  @Override
  public void addOuterProduct(Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns) {
    openblas.cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        byW.outputs,
        byW.inputs,
        columns,
        1f,
        buffer(byY.values, byY.offset),
        byY.stride,
        buffer(x.values, x.offset),
        x.stride,
        1f,
        buffer(byW.values, byW.offset),
        byW.inputs);
  }

  private static FloatBuffer buffer(float[] values, int offset) {
    return FloatBuffer.wrap(values, offset, values.length - offset);
  }
}
