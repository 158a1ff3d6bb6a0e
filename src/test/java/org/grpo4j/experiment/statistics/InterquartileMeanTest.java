package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class InterquartileMeanTest {

  /**
   * By hand, as scipy.stats.trim_mean(values, 0.25) defines it: of 10 values int(2.5) = 2 go on
   * either side, of 7 int(1.75) = 1, of 3 int(0.75) = 0.
   */
  @Test
  void cutsTheFloorOfAQuarterFromEitherSide() {
    // 1 2 | 3 4 5 6 7 8 | 9 100: 33 / 6
    assertEquals(5.5, of(9, 1, 100, 3, 8, 4, 2, 6, 5, 7), 1e-15);
    // 0 | 0.2 0.4 0.5 0.6 0.8 | 9: 2.5 / 5
    assertEquals(0.5, of(9, 0.2, 0.4, 0, 0.6, 0.8, 0.5), 1e-15);
    assertEquals(4, of(1, 1, 10), 1e-15);
  }

  /** Sorting and slicing the rows, in samples with ties and rows that repeat. */
  @Test
  void agreesWithSortingTheRows() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 300; trial++) {
      double[] values = new double[random.nextInt(1, 30)];
      Arrays.setAll(values, i -> random.nextInt(8) / 4.0);
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int[] rows = random.ints(random.nextInt(1, 30), 0, values.length).toArray();
      double[] drawn = Arrays.stream(rows).mapToDouble(row -> sorted[row]).sorted().toArray();
      int cut = (int) (0.25 * drawn.length);
      double expected =
          IntStream.range(cut, drawn.length - cut).mapToDouble(i -> drawn[i]).average().orElse(0);
      assertEquals(expected, InterquartileMean.statistic(DoubleVector.of(values)).of(rows), 1e-12);
    }
  }

  /** All 4^4 resamples of four values, each as likely as the others. */
  @Test
  void theIntervalIsThatOfAllResamples() {
    DoubleVector values = DoubleVector.of(7, 0, 1, 3);
    double[] all =
        IntStream.range(0, 256)
            .mapToDouble(
                code -> {
                  double[] drawn =
                      IntStream.of(code, code >> 2, code >> 4, code >> 6)
                          .mapToDouble(digits -> values.get(digits & 3))
                          .sorted()
                          .toArray();
                  return (drawn[1] + drawn[2]) / 2;
                })
            .sorted()
            .toArray();
    ConfidenceInterval interval =
        InterquartileMean.of(values, new Bootstrap(50_000, 0.8, 7)).bootstrap().orElseThrow();
    assertEquals(all[26], interval.low(), 1e-15, "the tenth is within 25.6 of 256");
    assertEquals(all[230], interval.high(), 1e-15);
    assertTrue(all[24] == all[28] && all[228] == all[232], "and not at a step");
  }

  @Test
  void oneValueHasNoIntervalAndNotANumberIsRefused() {
    assertTrue(InterquartileMean.of(DoubleVector.of(2), Bootstrap.STANDARD).bootstrap().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> of(Double.NaN));
  }

  private static double of(double... values) {
    return InterquartileMean.of(DoubleVector.of(values), Bootstrap.STANDARD).value();
  }
}
