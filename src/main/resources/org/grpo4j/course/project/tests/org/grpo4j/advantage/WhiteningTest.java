package org.grpo4j.advantage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

class WhiteningTest {

  @Test
  void meanZeroAndDeviationOne() {
    double[] whitened = Whitening.standard().apply(DoubleVector.of(1, 2, 3)).toArray();
    assertArrayEquals(new double[] {-1, 0, 1}, whitened, 1e-6);
  }

  @Test
  void onlyTokensThatCountAreInTheMean() {
    TokenTable table = TokenTable.of(new double[][] {{1, 1000}, {2, 3}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 0}, {1, 1}});
    double[][] whitened = Whitening.standard().apply(table, mask).toArrays();
    assertArrayEquals(new double[] {-1, 0}, whitened[0], 1e-6);
    assertArrayEquals(new double[] {0, 1}, whitened[1], 1e-6);
  }

  @Test
  void equalNumbersBecomeZeroAndMissingOnesToo() {
    double missing = Double.NaN;
    double[] equal = Whitening.standard().apply(DoubleVector.of(0.1, 0.1, 0.1)).toArray();
    assertArrayEquals(new double[3], equal, 0);
    double[] gap = Whitening.standard().apply(DoubleVector.of(1, missing, 3)).toArray();
    assertArrayEquals(new double[] {-0.7071, 0, 0.7071}, gap, 1e-4);
  }
}
