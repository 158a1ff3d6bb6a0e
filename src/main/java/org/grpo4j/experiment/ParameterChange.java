package org.grpo4j.experiment;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.Unchanged;

/**
 * The change of the parameters by training: which are unchanged, in several readings, and the rank
 * of the change of each matrix. RL of large models is said to change few parameters with updates of
 * nearly full rank (arXiv 2505.11711).
 *
 * @param matrices the parts of the parameter vector
 * @param before the flat parameters before
 * @param after the flat parameters after, as many
 */
public record ParameterChange(
    List<ParameterMatrix> matrices, DoubleVector before, DoubleVector after) {

  /** Beyond that many numbers the singular values of a matrix take too long. */
  private static final int LARGEST_MATRIX = 1 << 17;

  private static final double FLOAT_EPSILON = 0x1p-23;

  public ParameterChange {
    matrices = List.copyOf(matrices);
    Require.that(
        before.size() == after.size(),
        "after",
        "as many parameters as before, " + before.size(),
        after.size());
  }

  /** The indices of the parameters that are unchanged. */
  public BitSet unchanged(Unchanged by) {
    BitSet unchanged = new BitSet(before.size());
    for (int i = 0; i < before.size(); i++) {
      unchanged.set(i, by.test(before.get(i), after.get(i)));
    }
    return unchanged;
  }

  /** The share of the parameters that are unchanged, in [0, 1]. */
  public double share(Unchanged by) {
    return unchanged(by).cardinality() / (double) before.size();
  }

  /** The share of the parameters of {@code block} that are unchanged, in [0, 1]. */
  public double share(ParameterBlock block, Unchanged by) {
    int end = block.offset() + block.size();
    return unchanged(by).get(block.offset(), end).cardinality() / (double) block.size();
  }

  /**
   * The numerical rank of the change of a matrix: its singular values above {@code max(rows,
   * columns) 2^-23} times the largest, as {@code torch.linalg.matrix_rank} counts them for floats.
   * They are the roots of the eigenvalues of the products of its rows (or of its columns, if these
   * are fewer), in double precision exact to some {@code 1e-8} of the largest; the bound is {@code
   * 2e-7} at least.
   *
   * @return empty for what is no matrix, is too large (more than 131,072 numbers) or not finite
   */
  public OptionalInt rank(ParameterMatrix matrix) {
    ParameterBlock block = matrix.block();
    if (!matrix.isMatrix() || block.size() > LARGEST_MATRIX) {
      return OptionalInt.empty();
    }
    int columns = matrix.rowLength();
    double[][] change = new double[block.size() / columns][columns];
    boolean finite = true;
    for (int i = 0; i < block.size(); i++) {
      double difference = after.get(block.offset() + i) - before.get(block.offset() + i);
      finite &= Double.isFinite(difference);
      change[i / columns][i % columns] = difference;
    }
    return finite ? OptionalInt.of(rank(change)) : OptionalInt.empty();
  }

  private static int rank(double[][] change) {
    int larger = Math.max(change.length, change[0].length);
    double[][] products = products(change.length == larger ? transposed(change) : change);
    double[] squares =
        new EigenDecomposition(new Array2DRowRealMatrix(products, false)).getRealEigenvalues();
    double largest = Math.sqrt(Math.max(0, Arrays.stream(squares).max().orElseThrow()));
    double least = larger * FLOAT_EPSILON * largest;
    return (int) Arrays.stream(squares).filter(square -> square > least * least).count();
  }

  /** The scalar product of each row with each. */
  private static double[][] products(double[][] rows) {
    double[][] products = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < rows[i].length; k++) {
          sum += rows[i][k] * rows[j][k];
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
    return products;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  /** The mean over the matrices of rank over largest possible rank; {@code NaN} without any. */
  public double rankShare() {
    double sum = 0;
    int count = 0;
    for (ParameterMatrix matrix : matrices) {
      OptionalInt rank = rank(matrix);
      if (rank.isPresent()) {
        sum += rank.getAsInt() / (double) matrix.fullRank();
        count++;
      }
    }
    return sum / count;
  }

  @Override
  public String toString() {
    return "ParameterChange[" + before.size() + " parameters]";
  }
}
