package org.grpo4j.math;

/**
 * Masks are tables of 0 and 1, {@code [N][T_i]}: 1 for a token that counts. What stands in other
 * tables at a masked position is arbitrary and must not influence anything, so it is skipped rather
 * than multiplied by 0 (0 times infinity is not 0).
 */
public final class Masks {

  private Masks() {}

  /** Number of tokens that count, {@code M}. */
  public static int count(TokenTable mask) {
    int count = 0;
    for (int i = 0; i < mask.rows(); i++) {
      count += count(mask.row(i));
    }
    return count;
  }

  /** Number of tokens of one row that count, {@code n_i}. */
  public static int count(DoubleVector maskRow) {
    int count = 0;
    for (int t = 0; t < maskRow.size(); t++) {
      count += maskRow.get(t) != 0 ? 1 : 0;
    }
    return count;
  }

  /** A table that repeats {@code perRow[i]} along row {@code i} and has 0 where masked. */
  public static TokenTable spread(DoubleVector perRow, TokenTable mask) {
    double[][] table = new double[mask.rows()][];
    for (int i = 0; i < table.length; i++) {
      table[i] = new double[mask.length(i)];
      for (int t = 0; t < table[i].length; t++) {
        table[i][t] = mask.get(i, t) != 0 ? perRow.get(i) : 0;
      }
    }
    return TokenTable.of(table);
  }

  /** {@code mask} with all tokens of row {@code i} masked where {@code keep[i]} is 0. */
  public static TokenTable keepRows(TokenTable mask, DoubleVector keep) {
    double[][] kept = new double[mask.rows()][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = keep.get(i) != 0 ? mask.row(i).toArray() : new double[mask.length(i)];
    }
    return TokenTable.of(kept);
  }

  /** The mean of {@code table} over the tokens that count; {@code NaN} if none does. */
  public static double mean(TokenTable table, TokenTable mask) {
    double sum = 0;
    for (int i = 0; i < table.rows(); i++) {
      for (int t = 0; t < table.length(i); t++) {
        sum += mask.get(i, t) != 0 ? table.get(i, t) : 0;
      }
    }
    return sum / count(mask);
  }

  /**
   * Checks that {@code mask} holds 0 and 1 only.
   *
   * @throws IllegalArgumentException naming the first other entry
   */
  public static void requireZeroOne(TokenTable mask) {
    for (int i = 0; i < mask.rows(); i++) {
      for (int t = 0; t < mask.length(i); t++) {
        double entry = mask.get(i, t);
        if (entry != 0 && entry != 1) {
          throw new IllegalArgumentException(
              "mask: must be 0 or 1, got " + entry + " at row " + i + ", token " + t);
        }
      }
    }
  }
}
