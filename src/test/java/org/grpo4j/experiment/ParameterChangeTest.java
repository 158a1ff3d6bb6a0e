package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.Unchanged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterChangeTest {

  private static final double SUBNORMAL = Float.MIN_VALUE;

  /** Every pair worked out by hand; bfloat16 has a spacing of 2^-7 from 1 on. */
  @ParameterizedTest
  @CsvSource({
    // before, after,                 bits,  bfloat16, absolute, relative
    "0x1p0, 0x1p0,                    true,  true,  true,  true",
    "0.0, -0.0,                       false, true,  true,  true",
    "-0.0, 0.0,                       false, true,  true,  true",
    "-0.0, -0.0,                      true,  true,  true,  true",
    "NaN, NaN,                        true,  false, false, false",
    "0.0, 0x1p-149,                   false, true,  true,  false", // the least float
    "0x1p-149, 0x1p-149,              true,  true,  true,  true",
    "0.0, 0x1p-134,                   false, true,  true,  false", // half the least bfloat16
    "0.0, 0x1.8p-134,                 false, false, true,  false",
    "0x1p-133, 0x1.8p-133,            false, false, true,  false", // halfway, to even
    "0x1p-133, 0x1.4p-133,            false, true,  true,  false",
    "1.0, 0x1.000002p0,               false, true,  true,  true", // the next float
    "1.0, 0x1.01p0,                   false, true,  false, false", // half a spacing, to even
    "1.0, 0x1.010002p0,               false, false, false, false",
    "0x1.02p0, 0x1.03p0,              false, false, false, false", // half, to even: up
    "0x1.0ffffep0, 0x1.100002p0,      false, true,  true,  true",
    "0x1.00fffep0, 0x1.010002p0,      false, false, true,  true", // across the middle
    "-0x1.00fffep0, -0x1.010002p0,    false, false, true,  true",
    "1.0, -1.0,                       false, false, false, false",
    "0.0, 1e-5,                       false, false, true,  false",
    "0.0, 1.0001e-5,                  false, false, false, false",
    "1e-6, 2e-6,                      false, false, true,  false",
    "1000.0, 1000.9,                  false, true,  false, true",
    "1000.0, 1001.1,                  false, true,  false, false",
    "1000.0, 999.0,                   false, true,  false, true", // 1e-3 of the larger
    "1000.0, 998.99,                  false, true,  false, false",
    "0x1.fffffep127, Infinity,        false, true,  false, true",
  })
  void aParameterIsUnchangedAsTheReadingHasIt(
      double before,
      double after,
      boolean bits,
      boolean bfloat16,
      boolean absolute,
      boolean relative) {
    String pair = before + " to " + after + ", ";
    assertEquals(bits, Unchanged.BITS.test(before, after), pair + "bits");
    assertEquals(bfloat16, Unchanged.BFLOAT16.test(before, after), pair + "bfloat16");
    assertEquals(absolute, Unchanged.ABSOLUTE.test(before, after), pair + "absolute");
    assertEquals(relative, Unchanged.RELATIVE.test(before, after), pair + "relative");
    assertEquals(bfloat16, Unchanged.BFLOAT16.test(after, before), pair + "and back");
  }

  /** A tolerance of 1e-3 is less than half a spacing wherever a number lies between its powers. */
  @Test
  void theRelativeToleranceIsBelowHalfASpacing() {
    for (double x = 1; x < 2; x += 0x1p-10) {
      assertTrue(1e-3 * x < 0x1p-8, "at " + x);
    }
    assertTrue(Unchanged.RELATIVE.test(SUBNORMAL, SUBNORMAL));
  }

  @Test
  void sharesAreThoseOfThePartsAndOfTheWhole() {
    List<ParameterBlock> blocks =
        List.of(new ParameterBlock("a", 0, 4), new ParameterBlock("b", 4, 4));
    List<ParameterMatrix> matrices =
        blocks.stream().map(block -> new ParameterMatrix(block, 2)).toList();
    ParameterChange change =
        new ParameterChange(
            matrices,
            DoubleVector.of(1, 1, 1, 1, 0, 0, 0, 0),
            DoubleVector.of(1, 1.001, 2, 1, 0, -0.0, 1e-6, 0));
    assertEquals(0.5, change.share(Unchanged.BITS));
    assertEquals(0.5, change.share(blocks.get(0), Unchanged.BITS));
    assertEquals(0.75, change.share(blocks.get(0), Unchanged.BFLOAT16));
    assertEquals(0.75, change.share(blocks.get(1), Unchanged.BFLOAT16));
    assertEquals(1, change.share(blocks.get(1), Unchanged.ABSOLUTE));
    BitSet unchanged = change.unchanged(Unchanged.BITS);
    assertEquals("{0, 3, 4, 7}", unchanged.toString());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ParameterChange(matrices, change.before(), DoubleVector.of(1)));
  }

  @Test
  void theRankIsThatOfTheChange() {
    assertEquals(OptionalInt.of(1), rank(3, 1, 2, 3, 2, 4, 6));
    assertEquals(OptionalInt.of(2), rank(3, 1, 2, 3, 2, 4, 7));
    assertEquals(OptionalInt.of(2), rank(2, 1, 2, 3, 2, 4, 6));
    assertEquals(OptionalInt.of(0), rank(3, 0, 0, 0, 0, 0, 0));
    // singular values 1 and 3e-7, on either side of 2 x 2^-23 = 2.4e-7
    assertEquals(OptionalInt.of(2), rank(2, 1, 0, 0, 3e-7));
    assertEquals(OptionalInt.of(1), rank(2, 1, 0, 0, 2e-7));
    assertEquals(OptionalInt.empty(), rank(6, 1, 2, 3, 2, 4, 6));
    assertEquals(OptionalInt.empty(), rank(1, 1, 2, 3, 2, 4, 6));
    assertEquals(OptionalInt.empty(), rank(3, 1, 2, 3, 2, 4, Double.NaN));
    // the tolerance is relative to the largest singular value
    assertEquals(OptionalInt.of(2), rank(2, 1e3, 0, 0, 3e-4));
    assertEquals(OptionalInt.of(1), rank(2, 1e3, 0, 0, 2e-4));
    assertEquals(OptionalInt.of(0), rank(1 << 16, new double[1 << 17]));
    assertEquals(OptionalInt.empty(), rank(1 << 16, new double[3 << 16]));
    ParameterChange none =
        new ParameterChange(
            List.of(new ParameterMatrix(new ParameterBlock("b", 0, 1), 1)),
            DoubleVector.of(1),
            DoubleVector.of(2));
    assertTrue(Double.isNaN(none.rankShare()));
  }

  private static OptionalInt rank(int rowLength, double... change) {
    ParameterMatrix matrix =
        new ParameterMatrix(new ParameterBlock("a", 0, change.length), rowLength);
    double[] before = new double[change.length];
    double[] after = change.clone();
    for (int i = 0; i < change.length; i++) {
      before[i] = i % 3;
      after[i] += before[i];
    }
    ParameterChange all =
        new ParameterChange(List.of(matrix), DoubleVector.of(before), DoubleVector.of(after));
    assertEquals("ParameterChange[" + change.length + " parameters]", all.toString());
    OptionalInt rank = all.rank(matrix);
    rank.ifPresent(it -> assertEquals(it / (double) matrix.fullRank(), all.rankShare()));
    return rank;
  }
}
