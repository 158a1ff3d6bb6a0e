package org.grpo4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

/** Rounding against every number there is of bfloat16, and the middles between them. */
class WeightFormatTest {

  private static final int INFINITY = 0x7f80;

  /** The number with the upper half of a float's bits. */
  private static double number(int upper) {
    return upper == INFINITY ? 0x1p128 : Float.intBitsToFloat(upper << 16);
  }

  @Test
  void everyBoundaryBetweenTwoNeighboursIsWhereItBelongs() {
    for (int upper = 0; upper < INFINITY; upper++) {
      double low = number(upper);
      double high = number(upper + 1);
      double middle = low / 2 + high / 2;
      double above = upper + 1 == INFINITY ? Double.POSITIVE_INFINITY : high;
      for (int sign : new int[] {1, -1}) {
        assertEquals(sign * low, WeightFormat.BFLOAT16.round(sign * low));
        assertEquals(sign * low, WeightFormat.BFLOAT16.round(sign * Math.nextDown(middle)));
        assertEquals(sign * above, WeightFormat.BFLOAT16.round(sign * Math.nextUp(middle)));
        double even = upper % 2 == 0 ? low : above;
        assertEquals(sign * even, WeightFormat.BFLOAT16.round(sign * middle), "between " + low);
      }
    }
  }

  /** As engines do it: by integer arithmetic on the bits of a float. */
  @Test
  void floatsAreRoundedAsByTheirBits() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      int bits = random.nextInt();
      float x = Float.intBitsToFloat(bits);
      if (Float.isFinite(x)) {
        int rounded = (bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000;
        assertEquals(Float.intBitsToFloat(rounded), (float) WeightFormat.BFLOAT16.round(x));
      }
    }
  }

  @Test
  void whatIsNoNumberStaysWhatItIs() {
    for (WeightFormat format : WeightFormat.values()) {
      assertTrue(Double.isNaN(format.round(Double.NaN)));
      assertEquals(Double.POSITIVE_INFINITY, format.round(Double.POSITIVE_INFINITY));
      assertEquals(Double.NEGATIVE_INFINITY, format.round(-1e300));
      assertEquals(-0.0, format.round(-Double.MIN_VALUE));
    }
    assertEquals((float) 0.1, WeightFormat.FLOAT32.round(0.1));
    assertEquals(
        DoubleVector.of(0.10009765625, -1, 3.140625),
        WeightFormat.BFLOAT16.round(DoubleVector.of(0.1, -1, Math.PI)));
  }
}
