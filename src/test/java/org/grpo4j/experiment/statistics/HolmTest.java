package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class HolmTest {

  /**
   * By hand: 4 x 0.005, 3 x 0.01, 2 x 0.03, and 1 x 0.04, which is not let below the one before.
   */
  @Test
  void fourTests() {
    double[] adjusted = Holm.adjusted(DoubleVector.of(0.01, 0.04, 0.03, 0.005)).toArray();
    assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, adjusted, 1e-15);
    assertArrayEquals(
        new double[] {1, 1}, Holm.adjusted(DoubleVector.of(0.9, 0.6)).toArray(), "never above 1");
    assertEquals(0, Holm.adjusted(DoubleVector.empty()).size());
  }

  /** The procedure of 1979: from the smallest on, reject while p is at most alpha / (m - k + 1). */
  @Test
  void rejectsWhatTheSequentialProcedureRejects() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 500; trial++) {
      double[] pValues = new double[random.nextInt(1, 12)];
      Arrays.setAll(pValues, i -> Math.pow(random.nextDouble(), 4));
      double alpha = random.nextDouble(0.2);
      double[] sorted = pValues.clone();
      Arrays.sort(sorted);
      int rejected = 0;
      while (rejected < sorted.length && sorted[rejected] <= alpha / (sorted.length - rejected)) {
        rejected++;
      }
      double[] adjusted = Holm.adjusted(DoubleVector.of(pValues)).toArray();
      assertEquals(rejected, Arrays.stream(adjusted).filter(q -> q <= alpha).count());
    }
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThrows(
        IllegalArgumentException.class, () -> Holm.adjusted(DoubleVector.of(0.1, Double.NaN)));
  }
}
