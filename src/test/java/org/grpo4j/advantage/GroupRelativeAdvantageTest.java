package org.grpo4j.advantage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Property;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** Eq. 3: worked examples, what it must not depend on, and its edges. */
class GroupRelativeAdvantageTest {

  private static final GroupRelativeAdvantage STANDARD = GroupRelativeAdvantage.standard();

  @Test
  void theExampleOfTheJavadoc() {
    double[] advantages = advantages(STANDARD, 4, 1, 0, 0, 1);
    double sampleStandardDeviation = Math.sqrt(1.0 / 3);
    double expected = 0.5 / (sampleStandardDeviation + 1e-4);
    assertEquals(0.866, expected, 1e-3);
    assertEquals(expected, advantages[0], 1e-15);
    assertEquals(-expected, advantages[1], 1e-15);
  }

  /** The most common silent difference: for a pair the two deviations differ by 41 %. */
  @Test
  void aPairUnderBothDeviations() {
    assertEquals(Math.sqrt(0.5), advantages(exact(Deviation.SAMPLE), 2, 1, 0)[0], 1e-15);
    assertEquals(1, advantages(exact(Deviation.POPULATION), 2, 1, 0)[0], 1e-15);
  }

  /** MaxRL: the rarer success is, the more it weighs. */
  @Test
  void dividedByTheMeanOfTheGroup() {
    GroupRelativeAdvantage byMean = GroupRelativeAdvantage.scaledBy(RewardScale.MEAN);
    double[] advantages = advantages(byMean, 4, 1, 0, 0, 0, -1, 0, 0, 0, -1, 1, 0, 0);
    assertEquals(3, advantages[0], 1e-15);
    assertEquals(-1, advantages[1], 1e-15);
    for (int i = 4; i < 12; i++) {
      assertEquals(0, advantages[i], "the mean is not positive");
    }
    GroupRelativeAdvantage raw =
        new GroupRelativeAdvantage(
            RewardScale.MEAN, Deviation.SAMPLE, 0.5, SingletonRule.RAW_REWARD);
    assertEquals(2, advantages(raw, 1, 2)[0]);
  }

  @Test
  void advantagesOfAGroupSumToZero() {
    Property.forAll(
        random -> {
          double[] advantages = advantages(STANDARD, 5, rewards(random, 10));
          for (int g = 0; g < 2; g++) {
            double sum = Arrays.stream(advantages, g * 5, g * 5 + 5).sum();
            assertEquals(0, sum, 1e-13);
          }
        });
  }

  @Test
  void addingTheSameToAllRewardsOfAGroupChangesNothing() {
    Property.forAll(
        random -> {
          double[] rewards = rewards(random, 10);
          double[] shifted = rewards.clone();
          for (int i = 0; i < 5; i++) {
            shifted[i] += 3;
          }
          assertClose(advantages(STANDARD, 5, rewards), advantages(STANDARD, 5, shifted));
        });
  }

  @Test
  void withoutEpsilonMultiplyingRewardsChangesNothing() {
    Property.forAll(
        random -> {
          double[] rewards = rewards(random, 10);
          double[] scaled = Arrays.stream(rewards).map(r -> 7 * r).toArray();
          GroupRelativeAdvantage exact = exact(Deviation.SAMPLE);
          assertClose(advantages(exact, 5, rewards), advantages(exact, 5, scaled));
        });
  }

  @Test
  void withoutScalingAdvantagesMultiplyAsRewardsDo() {
    GroupRelativeAdvantage unscaled = GroupRelativeAdvantage.scaledBy(RewardScale.NONE);
    Property.forAll(
        random -> {
          double[] rewards = rewards(random, 10);
          double[] scaled = Arrays.stream(rewards).map(r -> 7 * r).toArray();
          double[] expected =
              Arrays.stream(advantages(unscaled, 5, rewards)).map(a -> 7 * a).toArray();
          assertClose(expected, advantages(unscaled, 5, scaled));
        });
  }

  /** Rows may come in any order as long as their groups do too. */
  @Test
  void reorderingRowsReordersAdvantages() {
    Property.forAll(
        random -> {
          double[] rewards = rewards(random, 6);
          int[] ids = {0, 0, 0, 1, 1, 1};
          int[] order = {4, 0, 5, 2, 3, 1};
          double[] mixedRewards = new double[6];
          int[] mixedIds = new int[6];
          for (int i = 0; i < 6; i++) {
            mixedRewards[i] = rewards[order[i]];
            mixedIds[i] = ids[order[i]];
          }
          double[] straight = advantages(STANDARD, RowGroups.of(ids), rewards);
          double[] mixed = advantages(STANDARD, RowGroups.of(mixedIds), mixedRewards);
          for (int i = 0; i < 6; i++) {
            assertEquals(straight[order[i]], mixed[i], 1e-13);
          }
        });
  }

  /** Computed, their deviation is not 0, and dividing by it would give advantages of order 1. */
  @Test
  void aGroupOfEqualRewardsHasExactlyNoAdvantage() {
    double[] rewards = {0.1, 0.1, 0.1};
    for (RewardScale scale : RewardScale.values()) {
      for (Deviation deviation : Deviation.values()) {
        GroupRelativeAdvantage estimator =
            new GroupRelativeAdvantage(scale, deviation, 0, SingletonRule.ZERO);
        assertEquals(
            DoubleVector.constant(3, 0),
            DoubleVector.of(advantages(estimator, 3, rewards)),
            scale + " " + deviation);
      }
    }
  }

  @Test
  void aMissingRewardIsLeftOut() {
    double[] advantages = advantages(exact(Deviation.POPULATION), 3, 1, Double.NaN, 0);
    assertClose(new double[] {1, 0, -1}, advantages);
    assertClose(new double[] {0, 0, 0}, advantages(STANDARD, 3, 1, Double.NaN, Double.NaN));
  }

  @Test
  void aGroupOfOne() {
    assertEquals(0, advantages(STANDARD, 1, 2)[0]);
    GroupRelativeAdvantage raw =
        new GroupRelativeAdvantage(
            RewardScale.GROUP, Deviation.SAMPLE, 1e-6, SingletonRule.RAW_REWARD);
    assertEquals(2 / (1 + 1e-6), advantages(raw, 1, 2)[0]);
    GroupRelativeAdvantage unscaled =
        new GroupRelativeAdvantage(
            RewardScale.NONE, Deviation.SAMPLE, 1e-6, SingletonRule.RAW_REWARD);
    assertEquals(2, advantages(unscaled, 1, 2)[0]);
    assertEquals(0, advantages(raw, 1, Double.NaN)[0]);
  }

  @Test
  void aGroupOfOneAndItsMeanExplainThemselves() {
    GroupRelativeAdvantage raw =
        new GroupRelativeAdvantage(
            RewardScale.NONE, Deviation.SAMPLE, 1e-6, SingletonRule.RAW_REWARD);
    TokenTable mask = TokenTable.of(new double[][] {{1}, {1}, {1}});
    AdvantageInputs inputs =
        AdvantageInputs.of(DoubleVector.of(0.5, 1, 0), RowGroups.of(0, 1, 1), mask);
    Explanation alone = raw.estimate(inputs).explain(0, 0);
    assertEquals(0.5, alone.value());
    assertEquals("advantage of a group of one: the reward", alone.description());
    assertTrue(
        raw.estimate(inputs)
            .explain(1, 0)
            .toString()
            .contains("mean, of the rewards of group 1: 1, 0"));
  }

  @Test
  void advantagesAreTheirNumbersAsText() {
    TokenTable mask = TokenTable.of(new double[][] {{1}, {1}});
    AdvantageInputs inputs = AdvantageInputs.of(DoubleVector.of(1, 0), RowGroups.of(0, 0), mask);
    assertEquals("[0.707, -0.707]", STANDARD.estimate(inputs).toString());
  }

  @Test
  void maskedTokensHaveNoAdvantage() {
    TokenTable mask = TokenTable.of(new double[][] {{1, 0}, {0, 1}});
    Advantages advantages =
        STANDARD.estimate(
            AdvantageInputs.of(DoubleVector.of(1, 0), RowGroups.consecutive(2, 2), mask));
    assertEquals(0, advantages.perToken().get(0, 1));
    assertTrue(advantages.perToken().get(0, 0) > 0);
    assertEquals(-advantages.perToken().get(0, 0), advantages.perToken().get(1, 1));
  }

  @Test
  void invalidSettingsAndInputsAreNamed() {
    assertMessage(
        "stdEpsilon: must be in [0, 1], got -0.1",
        () ->
            new GroupRelativeAdvantage(
                RewardScale.GROUP, Deviation.SAMPLE, -0.1, SingletonRule.ZERO));
    TokenTable mask = TokenTable.of(new double[][] {{1}, {1}});
    assertMessage(
        "rewards: needs one entry for each of the 2 rows, got 1",
        () -> AdvantageInputs.of(DoubleVector.of(1), RowGroups.consecutive(2, 2), mask));
    assertMessage(
        "greedyRewards: needed by ReMax, not given",
        () ->
            new GreedyBaselineAdvantage()
                .estimate(
                    AdvantageInputs.of(DoubleVector.of(1, 0), RowGroups.consecutive(2, 2), mask)));
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  private static GroupRelativeAdvantage exact(Deviation deviation) {
    return new GroupRelativeAdvantage(RewardScale.GROUP, deviation, 0, SingletonRule.ZERO);
  }

  private static double[] rewards(SplittableRandom random, int count) {
    double[] rewards = new double[count];
    for (int i = 0; i < count; i++) {
      rewards[i] = random.nextInt(5) / 4.0;
    }
    return rewards;
  }

  private static double[] advantages(
      GroupRelativeAdvantage estimator, int groupSize, double... rewards) {
    return advantages(estimator, RowGroups.consecutive(rewards.length, groupSize), rewards);
  }

  private static double[] advantages(
      GroupRelativeAdvantage estimator, RowGroups groups, double... rewards) {
    int[] lengths = new int[rewards.length];
    Arrays.fill(lengths, 1);
    AdvantageInputs inputs =
        AdvantageInputs.of(DoubleVector.of(rewards), groups, TokenTable.constant(lengths, 1));
    return estimator.estimate(inputs).perRow().orElseThrow().toArray();
  }

  private static void assertClose(double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-12, "row " + i);
    }
  }
}
