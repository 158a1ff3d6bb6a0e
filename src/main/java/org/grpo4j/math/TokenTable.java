package org.grpo4j.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One number per token: row {@code i} is completion {@code i}, column {@code t} its token {@code
 * t}. Rows may differ in length (shape {@code [N][T_i]}). Every per-token quantity of a batch,
 * log-probabilities, ratios, advantages, weights and the coefficients {@code dLoss/dlogp}, is such
 * a table, so that any two of them line up by {@code (i, t)}.
 */
public final class TokenTable {

  private final List<DoubleVector> rows;

  private TokenTable(List<DoubleVector> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The table of these rows. */
  public static TokenTable of(List<DoubleVector> rows) {
    return new TokenTable(rows);
  }

  /** The table of these rows; the arrays are copied. */
  public static TokenTable of(double[][] rows) {
    List<DoubleVector> vectors = new ArrayList<>(rows.length);
    for (double[] row : rows) {
      vectors.add(DoubleVector.of(row));
    }
    return new TokenTable(vectors);
  }

  /** A table with {@code lengths[i]} tokens in row {@code i}, all of them {@code value}. */
  public static TokenTable constant(int[] lengths, double value) {
    double[][] rows = new double[lengths.length][];
    for (int i = 0; i < lengths.length; i++) {
      rows[i] = new double[lengths[i]];
      Arrays.fill(rows[i], value);
    }
    return of(rows);
  }

  /** Number of rows {@code N}. */
  public int rows() {
    return rows.size();
  }

  /** Number of tokens {@code T_i} of row {@code row}. */
  public int length(int row) {
    return rows.get(row).size();
  }

  /** Row {@code row}. */
  public DoubleVector row(int row) {
    return rows.get(row);
  }

  /** The number of token {@code token} of row {@code row}. */
  public double get(int row, int token) {
    return rows.get(row).get(token);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive) as a table of their own. */
  public TokenTable rows(int from, int to) {
    return new TokenTable(rows.subList(from, to));
  }

  /** The rows with these numbers, in the order given, as a table of their own. */
  public TokenTable select(List<Integer> rowNumbers) {
    List<DoubleVector> selected = new ArrayList<>(rowNumbers.size());
    for (int row : rowNumbers) {
      selected.add(rows.get(row));
    }
    return new TokenTable(selected);
  }

  /** Every number multiplied by {@code factor}. */
  public TokenTable times(double factor) {
    double[][] scaled = toArrays();
    for (double[] row : scaled) {
      for (int t = 0; t < row.length; t++) {
        row[t] *= factor;
      }
    }
    return of(scaled);
  }

  /** The lengths {@code T_i} of all rows. */
  public int[] lengths() {
    int[] lengths = new int[rows()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = length(i);
    }
    return lengths;
  }

  /** Number of tokens of all rows together. */
  public int tokens() {
    int tokens = 0;
    for (DoubleVector row : rows) {
      tokens += row.size();
    }
    return tokens;
  }

  /** True if {@code other} has the same number of rows and the same length in each. */
  public boolean sameShape(TokenTable other) {
    return Arrays.equals(lengths(), other.lengths());
  }

  /** A fresh array of the rows. */
  public double[][] toArrays() {
    double[][] arrays = new double[rows()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = rows.get(i).toArray();
    }
    return arrays;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenTable that && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  /** One row a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows(); i++) {
      text.append(i == 0 ? "" : "\n").append(i).append(": ").append(rows.get(i));
    }
    return text.toString();
  }
}
