package org.grpo4j.course.judge;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** Random inputs, with few digits so that they can be read. */
final class Draws {

  private static final double DIGITS = 100;

  private Draws() {}

  static double number(SplittableRandom random, double least, double bound) {
    return Math.round(random.nextDouble(least, bound) * DIGITS) / DIGITS;
  }

  static DoubleVector vector(SplittableRandom random, int size, double least, double bound) {
    double[] numbers = new double[size];
    Arrays.setAll(numbers, i -> number(random, least, bound));
    return DoubleVector.of(numbers);
  }

  /** A table of the shape of {@code mask}. */
  static TokenTable table(SplittableRandom random, TokenTable mask, double least, double bound) {
    double[][] rows = mask.toArrays();
    for (double[] row : rows) {
      Arrays.setAll(row, t -> number(random, least, bound));
    }
    return TokenTable.of(rows);
  }

  /** Rows of one width, most tokens counting; the first token of the first does. */
  static TokenTable mask(SplittableRandom random, int rows) {
    double[][] mask = new double[rows][2 + random.nextInt(4)];
    for (double[] row : mask) {
      int length = random.nextInt(row.length + 1);
      Arrays.setAll(row, t -> t < length && random.nextInt(8) > 0 ? 1 : 0);
    }
    mask[0][0] = 1;
    return TokenTable.of(mask);
  }

  /** At most {@code rows / 2} groups of at least two rows each, not in order. */
  static RowGroups groups(SplittableRandom random, int rows) {
    int count = 1 + random.nextInt(rows / 2);
    int[] ids = new int[rows];
    Arrays.setAll(ids, i -> i < 2 * count ? i % count : random.nextInt(count));
    return RowGroups.of(ids);
  }
}
