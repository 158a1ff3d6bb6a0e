package org.grpo4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.NormalizeThenSum;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.SumThenNormalize;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** A group is dead where all rewards that the estimator compares are equal, and nowhere else. */
class DeadGroupsTest {

  private static final DoubleVector BOTH = DoubleVector.of(1, 1);

  private static AdvantageInputs inputs(RowGroups groups, double... rewards) {
    TokenTable mask = TokenTable.of(new double[rewards.length][1]);
    double[][] ones = mask.toArrays();
    for (double[] row : ones) {
      row[0] = 1;
    }
    return AdvantageInputs.of(DoubleVector.of(rewards), groups, TokenTable.of(ones));
  }

  private static Optional<DeadGroups> dead(AdvantageEstimator estimator, AdvantageInputs inputs) {
    return DeadGroups.of(estimator.estimate(inputs), Optional.empty());
  }

  @Test
  void sumsOfPartsThatDifferInTheLastBitAreDead() {
    AdvantageInputs inputs = inputs(RowGroups.of(0, 0, 1, 1), 0.1 + 0.2, 0.3, 1, 0);
    DeadGroups dead = dead(GroupRelativeAdvantage.standard(), inputs).orElseThrow();
    assertEquals(List.of(0), dead.groups());
    assertEquals(0.5, dead.share());
    assertEquals(
        DoubleVector.of(0, 0),
        DoubleVector.of(
            GroupRelativeAdvantage.standard().estimate(inputs).perRow().orElseThrow().get(0),
            new LeaveOneOutAdvantage().estimate(inputs).perRow().orElseThrow().get(1)));
  }

  @Test
  void groupsOfOneAreNotCompared() {
    AdvantageInputs ones = inputs(RowGroups.of(0, 1), 1, 0);
    assertEquals(Optional.empty(), dead(GroupRelativeAdvantage.standard(), ones));
    AdvantageInputs mixed = inputs(RowGroups.of(0, 1, 1), 1, 0, 0);
    DeadGroups dead = dead(GroupRelativeAdvantage.standard(), mixed).orElseThrow();
    assertEquals(1, dead.compared());
    assertEquals(List.of(1), dead.groups());
  }

  @Test
  void estimatorsThatLookBeyondTheGroupCompareNothingWithin() {
    AdvantageInputs equal = inputs(RowGroups.of(0, 0), 1, 1);
    assertEquals(Optional.empty(), dead(new RawRewardAdvantage(), equal));
    assertEquals(Optional.empty(), dead(new BatchMeanAdvantage(), equal));
    AdvantageInputs valued =
        equal
            .withTokenRewards(TokenTable.of(new double[][] {{1}, {1}}))
            .withValues(TokenTable.of(new double[][] {{0}, {0}}));
    assertEquals(Optional.empty(), dead(new GeneralizedAdvantage(1, 1, Optional.empty()), valued));
  }

  /** Equal sums of different parts: dead for one of the two estimators and alive for the other. */
  @Test
  void theRewardsComparedAreThoseOfTheEstimator() {
    AdvantageInputs inputs =
        inputs(RowGroups.of(0, 0), 5, 7)
            .withRewardParts(TokenTable.of(new double[][] {{1, 0}, {0, 1}}));
    GroupRelativeAdvantage group = GroupRelativeAdvantage.standard();
    assertEquals(List.of(), dead(group, inputs).orElseThrow().groups());
    assertEquals(
        List.of(0), dead(new SumThenNormalize(BOTH, group), inputs).orElseThrow().groups());
    assertEquals(
        List.of(),
        dead(new NormalizeThenSum(BOTH, group, Whitening.standard()), inputs)
            .orElseThrow()
            .groups());
  }

  @Test
  void deadGroupsAreAllRightOrAllWrong() {
    AdvantageInputs inputs = inputs(RowGroups.of(0, 0, 1, 1, 2, 2), 1, 1, 0, 0, 0.5, 0.5);
    DeadGroups dead =
        DeadGroups.of(
                GroupRelativeAdvantage.standard().estimate(inputs),
                Optional.of(DoubleVector.of(1, 1, 0, 0, 1, 0)))
            .orElseThrow();
    assertEquals(List.of(0, 1, 2), dead.groups());
    assertEquals(Optional.of(List.of(0)), dead.allRight());
    assertEquals(Optional.of(List.of(1)), dead.allWrong());
    assertEquals(1.0 / 3, dead.share(dead.allRight()));
    assertTrue(Double.isNaN(dead.share(Optional.empty())), "nobody knows which are right");
  }

  @Test
  void aRewardWithThePenaltyInItIsExplainedDownToTheScore() {
    AdvantageInputs inputs =
        inputs(RowGroups.of(0, 0), 0.75, -0.125).withScores(DoubleVector.of(1, 0));
    Explanation reward = new LeaveOneOutAdvantage().explain(inputs, 0, 0).parts().get(0);
    assertEquals("r = score - penalty = 1 - 0.25, reward of completion 0", reward.text());
    assertEquals(0.75, reward.value());
    assertEquals(List.of(), dead(new LeaveOneOutAdvantage(), inputs).orElseThrow().groups());
  }
}
