package org.grpo4j.policy.network.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products with the Vector API: at these sizes (a weight matrix fits the first-level cache)
 * more than twice as fast as a BLAS, which first copies its operands. Each tile keeps its sums in
 * registers while it runs through the inputs once.
 */
final class VectorMultiply implements MatrixMultiply {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  /** 16 sums need the 32 registers that come with 512-bit vectors. */
  private static final boolean TWO_VECTORS_WIDE = LANES == 16;

  @Override
  public void product(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    forward(w, x, y, columns, VectorFinish.nothing(w, y));
  }

  @Override
  public void layer(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    forward(w, x, y, columns, VectorFinish.bias(w, y));
  }

  @Override
  public void rectifiedLayer(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    forward(w, x, y, columns, VectorFinish.biasAndRectify(w, y));
  }

  @Override
  public void residualLayer(
      Weights w, ColumnMatrix x, ColumnMatrix residual, ColumnMatrix y, int columns) {
    forward(w, x, y, columns, VectorFinish.biasAndResidual(w, residual));
  }

  private static void forward(
      Weights w, ColumnMatrix x, ColumnMatrix y, int columns, VectorFinish finish) {
    Factor factor = new Factor(w.values, w.offset, w.inputs, 1, w.inputs);
    multiply(factor, w.outputs, x, y, columns, finish);
  }

  @Override
  public void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns) {
    back(w, byY, byX, columns, VectorFinish.nothing(w, byX));
  }

  @Override
  public void rectifiedTransposedProduct(
      Weights w, ColumnMatrix byY, ColumnMatrix x, ColumnMatrix byX, int columns) {
    back(w, byY, byX, columns, VectorFinish.rectifyBack(w, x));
  }

  private static void back(
      Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns, VectorFinish finish) {
    Factor factor = new Factor(w.values, w.offset, 1, w.inputs, w.outputs);
    multiply(factor, w.inputs, byY, byX, columns, finish);
  }

  @Override
  public void addOuterProduct(
      Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns, FloatScratch scratch) {
    VectorOuterProduct.add(byW, byY, x, columns, scratch);
  }

  @Override
  public void addGradient(
      Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns, FloatScratch scratch) {
    if (byW.hasBias()) {
      VectorOuterProduct.addRowSums(byW, byY, columns, scratch);
    }
    addOuterProduct(byW, byY, x, columns, scratch);
  }

  /**
   * A weight matrix or its transpose: row {@code r}, term {@code s} is {@code values[at + r *
   * rowStep + s * termStep]}.
   */
  private static final class Factor {

    final float[] values;
    final int at;
    final int rowStep;
    final int termStep;
    final int terms;

    Factor(float[] values, int at, int rowStep, int termStep, int terms) {
      this.values = values;
      this.at = at;
      this.rowStep = rowStep;
      this.termStep = termStep;
      this.terms = terms;
    }
  }

  /** {@code y[r] = sum_s w[r][s] x[s]}. */
  private static void multiply(
      Factor w, int rows, ColumnMatrix x, ColumnMatrix y, int columns, VectorFinish finish) {
    int c = 0;
    if (TWO_VECTORS_WIDE) {
      for (; c + 2 * LANES <= columns; c += 2 * LANES) {
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
          tile8x2(w, x, y, r, c);
        }
        for (; r < rows; r++) {
          tile1(w, x, y, r, c);
          tile1(w, x, y, r, c + LANES);
        }
        finish.strip(y, c, 2 * LANES);
      }
    }
    for (; c < columns; c += LANES) {
      int r = 0;
      for (; r + 8 <= rows; r += 8) {
        tile8(w, x, y, r, c);
      }
      for (; r < rows; r++) {
        tile1(w, x, y, r, c);
      }
      finish.strip(y, c, LANES);
    }
  }

  /** Eight rows, two vectors of columns. */
  private static void tile8x2(Factor w, ColumnMatrix x, ColumnMatrix y, int r, int column) {
    float[] weights = w.values;
    int rowStep = w.rowStep;
    int first = w.at + r * rowStep;
    int terms = w.terms;
    int termStep = w.termStep;
    float[] inputs = x.values;
    int input = x.row(0) + column;
    int stride = x.stride;
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector e0 = a0;
    FloatVector e1 = a0;
    FloatVector f0 = a0;
    FloatVector f1 = a0;
    FloatVector g0 = a0;
    FloatVector g1 = a0;
    FloatVector h0 = a0;
    FloatVector h1 = a0;
    for (int s = 0; s < terms; s++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, inputs, input + s * stride);
      FloatVector x1 = FloatVector.fromArray(SPECIES, inputs, input + s * stride + LANES);
      int i = first + s * termStep;
      FloatVector weight = FloatVector.broadcast(SPECIES, weights[i]);
      a0 = weight.fma(x0, a0);
      a1 = weight.fma(x1, a1);
      weight = FloatVector.broadcast(SPECIES, weights[i + rowStep]);
      b0 = weight.fma(x0, b0);
      b1 = weight.fma(x1, b1);
      weight = FloatVector.broadcast(SPECIES, weights[i + 2 * rowStep]);
      c0 = weight.fma(x0, c0);
      c1 = weight.fma(x1, c1);
      weight = FloatVector.broadcast(SPECIES, weights[i + 3 * rowStep]);
      d0 = weight.fma(x0, d0);
      d1 = weight.fma(x1, d1);
      weight = FloatVector.broadcast(SPECIES, weights[i + 4 * rowStep]);
      e0 = weight.fma(x0, e0);
      e1 = weight.fma(x1, e1);
      weight = FloatVector.broadcast(SPECIES, weights[i + 5 * rowStep]);
      f0 = weight.fma(x0, f0);
      f1 = weight.fma(x1, f1);
      weight = FloatVector.broadcast(SPECIES, weights[i + 6 * rowStep]);
      g0 = weight.fma(x0, g0);
      g1 = weight.fma(x1, g1);
      weight = FloatVector.broadcast(SPECIES, weights[i + 7 * rowStep]);
      h0 = weight.fma(x0, h0);
      h1 = weight.fma(x1, h1);
    }
    store(a0, a1, y, r, column);
    store(b0, b1, y, r + 1, column);
    store(c0, c1, y, r + 2, column);
    store(d0, d1, y, r + 3, column);
    store(e0, e1, y, r + 4, column);
    store(f0, f1, y, r + 5, column);
    store(g0, g1, y, r + 6, column);
    store(h0, h1, y, r + 7, column);
  }

  private static void store(
      FloatVector first, FloatVector second, ColumnMatrix y, int row, int column) {
    first.intoArray(y.values, y.row(row) + column);
    second.intoArray(y.values, y.row(row) + column + LANES);
  }

  /** Eight rows, one vector of columns. */
  private static void tile8(Factor w, ColumnMatrix x, ColumnMatrix y, int r, int column) {
    float[] weights = w.values;
    int rowStep = w.rowStep;
    int first = w.at + r * rowStep;
    int terms = w.terms;
    int termStep = w.termStep;
    float[] inputs = x.values;
    int input = x.row(0) + column;
    int stride = x.stride;
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    for (int s = 0; s < terms; s++) {
      FloatVector term = FloatVector.fromArray(SPECIES, inputs, input + s * stride);
      int i = first + s * termStep;
      a = FloatVector.broadcast(SPECIES, weights[i]).fma(term, a);
      b = FloatVector.broadcast(SPECIES, weights[i + rowStep]).fma(term, b);
      c = FloatVector.broadcast(SPECIES, weights[i + 2 * rowStep]).fma(term, c);
      d = FloatVector.broadcast(SPECIES, weights[i + 3 * rowStep]).fma(term, d);
      e = FloatVector.broadcast(SPECIES, weights[i + 4 * rowStep]).fma(term, e);
      f = FloatVector.broadcast(SPECIES, weights[i + 5 * rowStep]).fma(term, f);
      g = FloatVector.broadcast(SPECIES, weights[i + 6 * rowStep]).fma(term, g);
      h = FloatVector.broadcast(SPECIES, weights[i + 7 * rowStep]).fma(term, h);
    }
    a.intoArray(y.values, y.row(r) + column);
    b.intoArray(y.values, y.row(r + 1) + column);
    c.intoArray(y.values, y.row(r + 2) + column);
    d.intoArray(y.values, y.row(r + 3) + column);
    e.intoArray(y.values, y.row(r + 4) + column);
    f.intoArray(y.values, y.row(r + 5) + column);
    g.intoArray(y.values, y.row(r + 6) + column);
    h.intoArray(y.values, y.row(r + 7) + column);
  }

  /** One row, one vector of columns. */
  private static void tile1(Factor w, ColumnMatrix x, ColumnMatrix y, int r, int column) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int s = 0; s < w.terms; s++) {
      FloatVector term = FloatVector.fromArray(SPECIES, x.values, x.row(s) + column);
      sum =
          FloatVector.broadcast(SPECIES, w.values[w.at + r * w.rowStep + s * w.termStep])
              .fma(term, sum);
    }
    sum.intoArray(y.values, y.row(r) + column);
  }
}
