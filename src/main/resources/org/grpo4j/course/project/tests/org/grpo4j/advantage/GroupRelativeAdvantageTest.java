package org.grpo4j.advantage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

class GroupRelativeAdvantageTest {

  /** The advantages of completions of one token, in groups of {@code groupSize} neighbours. */
  private static double[] advantages(
      AdvantageEstimator estimator, int groupSize, double... rewards) {
    int[] lengths = new int[rewards.length];
    Arrays.fill(lengths, 1);
    AdvantageInputs inputs =
        AdvantageInputs.of(
            DoubleVector.of(rewards),
            RowGroups.consecutive(rewards.length, groupSize),
            TokenTable.constant(lengths, 1));
    return estimator.estimate(inputs).perRow().orElseThrow().toArray();
  }

  @Test
  void twoRightAndTwoWrong() {
    assertArrayEquals(
        new double[] {0.866, -0.866, -0.866, 0.866},
        advantages(GroupRelativeAdvantage.standard(), 4, 1, 0, 0, 1),
        1e-3);
  }

  @Test
  void everyGroupIsComparedWithItself() {
    assertArrayEquals(
        new double[] {0.707, -0.707, -0.707, 0.707},
        advantages(GroupRelativeAdvantage.standard(), 2, 1, 0, 10, 11),
        1e-3);
  }

  @Test
  void equalRewardsTeachNothing() {
    double[] advantages = advantages(GroupRelativeAdvantage.standard(), 3, 0.1, 0.1, 0.1);
    assertArrayEquals(new double[3], advantages, 0);
  }

  @Test
  void withoutScaleOnlyTheMeanIsTakenOff() {
    assertArrayEquals(
        new double[] {0.75, -0.25, -0.25, -0.25},
        advantages(GroupRelativeAdvantage.scaledBy(RewardScale.NONE), 4, 1, 0, 0, 0),
        1e-12);
  }

  @Test
  void aMissingRewardIsLeftOut() {
    assertArrayEquals(
        new double[] {0.707, 0, -0.707},
        advantages(GroupRelativeAdvantage.standard(), 3, 1, Double.NaN, 0),
        1e-3);
  }

  @Test
  void nobodyToCompareWith() {
    AdvantageEstimator ofReward =
        new GroupRelativeAdvantage(
            RewardScale.GROUP, Deviation.SAMPLE, 1e-4, SingletonRule.RAW_REWARD);
    assertArrayEquals(new double[] {0}, advantages(GroupRelativeAdvantage.standard(), 1, 3), 0);
    assertArrayEquals(new double[] {3 / 1.0001}, advantages(ofReward, 1, 3), 1e-12);
  }
}
