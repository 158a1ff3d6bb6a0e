package org.grpo4j.experiment.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.inference.TTest;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.junit.jupiter.api.Test;

class MultiplicityTest {

  private static final double[] CLEAR = {1, 1.01, 0.99, 1.02, 0.98};

  /** Mean 1.08, deviation 0.68, t = 3.55 with four degrees of freedom: p = 0.024. */
  private static final double[] DOUBTFUL = {0.3, 1, 1.5, 2, 0.6};

  private static final double[] NOTHING = {1, -1, 0.5, -0.5, 0.1};

  /**
   * By hand: of four tests two have p below 0.05. The smallest survives four times as large, the
   * next, 3 x 0.024 = 0.07, does not; in its own row, of two tests, it is the last and stays 0.024.
   */
  @Test
  void allRowsAreOneFamilyAndEachRowIsOne() {
    MeasureComparison first = compared(CLEAR, DOUBTFUL);
    MeasureComparison second = compared(NOTHING, NOTHING);
    Multiplicity all = Multiplicity.of(List.of(first, second));
    assertEquals(new Multiplicity(4, 2, 1), all);
    assertEquals(0.2, all.expectedByChance(), 1e-15);
    double doubtful = new TTest().tTest(0, DOUBTFUL);
    assertEquals(0.024, doubtful, 0.0005);
    assertEquals(doubtful, first.rows().get(2).holmPValue().orElseThrow(), 1e-12);
    double clear = new TTest().tTest(0, CLEAR);
    assertEquals(2 * clear, first.rows().get(1).holmPValue().orElseThrow(), 1e-12);
    assertTrue(first.rows().get(0).holmPValue().isEmpty(), "compared with nothing");
    assertTrue(all.sentence().orElseThrow().startsWith("4 tests in these rows: 2 shown"));
  }

  @Test
  void oneTestNeedsNoCorrectionAndNoWord() {
    Multiplicity one = Multiplicity.of(List.of(compared(CLEAR)));
    assertEquals(new Multiplicity(1, 1, 1), one);
    assertTrue(one.sentence().isEmpty());
  }

  private static MeasureComparison compared(double[]... differences) {
    Map<String, Map<Long, Double>> numbers = new LinkedHashMap<>();
    numbers.put("first", bySeed(new double[5]));
    for (int i = 0; i < differences.length; i++) {
      numbers.put("other " + i, bySeed(differences[i]));
    }
    Measure greedy = StandardMeasures.all().get(0);
    return MeasureComparison.of(
        greedy, numbers, name -> false, new ClockSpread(Map.of()), new Bootstrap(100, 0.95, 1));
  }

  private static Map<Long, Double> bySeed(double[] values) {
    Map<Long, Double> bySeed = new LinkedHashMap<>();
    for (int seed = 0; seed < values.length; seed++) {
      bySeed.put((long) seed, values[seed]);
    }
    return bySeed;
  }
}
