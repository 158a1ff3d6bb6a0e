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
    int[] sizes = {w.outputs, columns, w.inputs};
    sgemm(CblasNoTrans, CblasNoTrans, sizes, matrix(w), x, 0f, y);
  }

  @Override
  public void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns) {
    int[] sizes = {w.inputs, columns, w.outputs};
    sgemm(CblasTrans, CblasNoTrans, sizes, matrix(w), byY, 0f, byX);
  }

  @Override
  public void addOuterProduct(
      Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns, FloatScratch scratch) {
    int[] sizes = {byW.outputs, byW.inputs, columns};
    sgemm(CblasNoTrans, CblasTrans, sizes, byY, x, 1f, matrix(byW));
  }

  /** {@code c = a b + beta c} with sizes {@code m, n, k}: {@code c} is m by n, k is summed over. */
  private static void sgemm(
      int transposeA,
      int transposeB,
      int[] sizes,
      ColumnMatrix a,
      ColumnMatrix b,
      float beta,
      ColumnMatrix c) {
    if (Math.min(sizes[1], sizes[2]) == 0 || sizes[0] == 0) {
      ColumnKernels.clear(c, beta == 0 ? sizes[0] : 0, sizes[1]); // a sum over nothing
      return;
    }
    openblas.cblas_sgemm(
        CblasRowMajor,
        transposeA,
        transposeB,
        sizes[0],
        sizes[1],
        sizes[2],
        1f,
        buffer(a),
        a.stride,
        buffer(b),
        b.stride,
        beta,
        buffer(c),
        c.stride);
  }

  private static ColumnMatrix matrix(Weights w) {
    return new ColumnMatrix(w.values, w.offset, w.inputs);
  }

  private static FloatBuffer buffer(ColumnMatrix x) {
    return FloatBuffer.wrap(x.values, x.offset, x.values.length - x.offset);
  }
}
