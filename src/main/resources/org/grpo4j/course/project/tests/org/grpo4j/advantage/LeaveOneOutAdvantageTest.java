package org.grpo4j.advantage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

class LeaveOneOutAdvantageTest {

  private static double[] advantages(double... rewards) {
    int[] lengths = new int[rewards.length];
    Arrays.fill(lengths, 1);
    AdvantageInputs inputs =
        AdvantageInputs.of(
            DoubleVector.of(rewards),
            RowGroups.consecutive(rewards.length, rewards.length),
            TokenTable.constant(lengths, 1));
    return new LeaveOneOutAdvantage().estimate(inputs).perRow().orElseThrow().toArray();
  }

  @Test
  void theBaselineIsTheMeanOfTheOthers() {
    assertArrayEquals(new double[] {1, -0.5, -0.5}, advantages(1, 0, 0), 1e-12);
    assertArrayEquals(new double[] {3, -3}, advantages(5, 2), 1e-12);
  }

  @Test
  void equalRewardsAndGroupsOfOneTeachNothing() {
    assertArrayEquals(new double[3], advantages(0.1, 0.1, 0.1), 0);
    assertArrayEquals(new double[1], advantages(7), 0);
  }

  @Test
  void aMissingRewardIsLeftOut() {
    assertArrayEquals(new double[] {1, 0, -1}, advantages(1, Double.NaN, 0), 1e-12);
  }
}
