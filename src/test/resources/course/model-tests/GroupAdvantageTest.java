import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that see every faulty version of the group advantage that a student is graded with. */
class GroupAdvantageTest {

  private static final double ROOT_HALF = Math.sqrt(0.5);

  private static GroupRelativeAdvantage of(RewardScale scale, Deviation deviation, double epsilon) {
    return new GroupRelativeAdvantage(scale, deviation, epsilon, SingletonRule.ZERO);
  }

  private static final GroupRelativeAdvantage PLAIN = of(RewardScale.GROUP, Deviation.SAMPLE, 0);

  static double[] advantages(GroupRelativeAdvantage of, double[] rewards, int... groups) {
    int[] lengths = new int[rewards.length];
    Arrays.fill(lengths, 1);
    AdvantageInputs inputs =
        AdvantageInputs.of(
            DoubleVector.of(rewards), RowGroups.of(groups), TokenTable.constant(lengths, 1));
    return of.estimate(inputs).perRow().orElseThrow().toArray();
  }

  private static void same(double[] found, double... expected) {
    assertArrayEquals(expected, found, 1e-12);
  }

  @Test
  void aPairIsRootHalfAwayWhateverTheGap() {
    same(advantages(PLAIN, new double[] {1, 0}, 0, 0), ROOT_HALF, -ROOT_HALF);
    same(advantages(PLAIN, new double[] {9, 2}, 0, 0), ROOT_HALF, -ROOT_HALF);
  }

  @Test
  void groupsDoNotKnowOfEachOther() {
    double[] found = advantages(PLAIN, new double[] {1, 0, 30, 10}, 0, 0, 1, 1);
    same(found, ROOT_HALF, -ROOT_HALF, ROOT_HALF, -ROOT_HALF);
  }

  @Test
  void populationDeviationOfAPairIsHalfTheGap() {
    GroupRelativeAdvantage population = of(RewardScale.GROUP, Deviation.POPULATION, 0);
    same(advantages(population, new double[] {4, 0}, 0, 0), 1, -1);
  }

  @Test
  void epsilonIsAddedToTheDeviation() {
    GroupRelativeAdvantage one = of(RewardScale.GROUP, Deviation.SAMPLE, 1);
    double deviation = 2 * ROOT_HALF;
    double expected = 1 / (deviation + 1);
    same(advantages(one, new double[] {2, 0}, 0, 0), expected, -expected);
  }

  @Test
  void theDeviationOfTheBatchIsOneForAll() {
    GroupRelativeAdvantage batch = of(RewardScale.BATCH, Deviation.POPULATION, 0);
    double deviation = Math.sqrt((9 + 1 + 1 + 9) / 4.0);
    double[] found = advantages(batch, new double[] {6, 2, 4, 0}, 0, 1, 1, 0);
    same(found, 3 / deviation, -1 / deviation, 1 / deviation, -3 / deviation);
  }

  @Test
  void withoutScaleTheCentredRewardStays() {
    GroupRelativeAdvantage none = of(RewardScale.NONE, Deviation.SAMPLE, 0);
    same(advantages(none, new double[] {4, 0, 2}, 0, 0, 0), 2, -2, 0);
  }

  @Test
  void aMissingRewardIsLeftOut() {
    double[] found = advantages(PLAIN, new double[] {1, Double.NaN, 0}, 0, 0, 0);
    same(found, ROOT_HALF, 0, -ROOT_HALF);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 0.1, -3})
  void equalRewardsTeachNothing(double reward) {
    double[] found = advantages(PLAIN, new double[] {reward, reward, reward}, 0, 0, 0);
    for (double advantage : found) {
      assertEquals(0, advantage);
    }
  }

  @Nested
  class GroupsOfOne {

    private GroupRelativeAdvantage of(RewardScale scale, SingletonRule rule) {
      return new GroupRelativeAdvantage(scale, Deviation.SAMPLE, 1, rule);
    }

    @Test
    void zeroMeansZero() {
      double[] found =
          advantages(of(RewardScale.GROUP, SingletonRule.ZERO), new double[] {4, 4}, 0, 1);
      same(found, 0, 0);
    }

    @Test
    void elseTheRewardCounts() {
      SingletonRule reward = SingletonRule.valueOf("RAW_REWARD");
      same(advantages(of(RewardScale.GROUP, reward), new double[] {4}, 0), 2);
      same(advantages(of(RewardScale.NONE, reward), new double[] {4}, 0), 4);
      same(advantages(of(RewardScale.GROUP, reward), new double[] {Double.NaN}, 0), 0);
    }
  }
}
