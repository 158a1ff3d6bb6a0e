package org.grpo4j.advantage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** Inputs and settings that do not fit are refused by name, and those on the edge are not. */
class AdvantageInputsTest {

  private static final DoubleVector THREE = DoubleVector.of(1, 2, 3);
  private static final TokenTable THREE_ROWS = TokenTable.of(new double[][] {{1}, {1}, {1}});
  private static final TokenTable LONGER_ROW = TokenTable.of(new double[][] {{1, 1}, {1}});

  /** Two rows of one token each. */
  private static AdvantageInputs two() {
    return AdvantageInputs.of(
        DoubleVector.of(1, 0),
        RowGroups.consecutive(2, 2),
        TokenTable.constant(new int[] {1, 1}, 1));
  }

  @Test
  void everyInputHasAnEntryForEachRow() {
    refused(
        "groups: needs one entry for each of the 2 rows, got 3",
        () -> AdvantageInputs.of(DoubleVector.of(1, 0), RowGroups.consecutive(3, 3), two().mask()));
    refused(
        "greedyRewards: needs one entry for each of the 2 rows, got 3",
        () -> two().withGreedyRewards(THREE));
    refused(
        "rewardParts: needs one entry for each of the 2 rows, got 3",
        () -> two().withRewardParts(THREE_ROWS));
    refused(
        "steps: needs one entry for each of the 2 rows, got 3",
        () -> two().withSteps(new StepRewards(THREE_ROWS, THREE_ROWS)));
    refused(
        "bootstrapValues: needs one entry for each of the 2 rows, got 3",
        () -> two().withBootstrapValues(THREE));
  }

  @Test
  void everyTokenTableHasTheShapeOfTheMask() {
    refused(
        "tokenRewards: must have the shape of the mask", () -> two().withTokenRewards(LONGER_ROW));
    refused("values: must have the shape of the mask", () -> two().withValues(LONGER_ROW));
    refused(
        "mask: must be 0 or 1, got 0.5 at row 0, token 0",
        () ->
            AdvantageInputs.of(
                DoubleVector.of(1), RowGroups.of(0), TokenTable.of(new double[][] {{0.5}})));
    refused(
        "lastTokens: must have one entry for each step reward",
        () -> new StepRewards(LONGER_ROW, THREE_ROWS));
  }

  @Test
  void everyRowHasARewardForEachWeight() {
    AdvantageInputs inputs = two().withRewardParts(LONGER_ROW);
    SumThenNormalize sum =
        new SumThenNormalize(DoubleVector.of(1, 1), GroupRelativeAdvantage.standard());
    refused(
        "rewardParts: needs 2 in row 1, one for each weight, got 1", () -> sum.estimate(inputs));
  }

  @Test
  void settings() {
    Whitening whitening = Whitening.standard();
    refused(
        "gamma: must be in [0, 1], got -0.1",
        () -> new GeneralizedAdvantage(-0.1, 1, Optional.empty()));
    refused(
        "lambda: must be in [0, 1], got 1.1",
        () -> new GeneralizedAdvantage(1, 1.1, Optional.empty()));
    refused(
        "gamma: must be in [0, 1], got 1.1", () -> new ReinforcePlusPlusAdvantage(1.1, whitening));
    refused(
        "stdEpsilon: must be in [0, 1], got -1.0",
        () -> new ProcessSupervisionAdvantage(Deviation.SAMPLE, -1));
    refused(
        "epsilon: must be in [0, 1], got -1.0",
        () -> new Whitening(Deviation.SAMPLE, -1, EpsilonPlacement.ADDED_TO_VARIANCE));
    assertDoesNotThrow(() -> new GeneralizedAdvantage(0, 0, Optional.empty()));
    assertDoesNotThrow(() -> new GeneralizedAdvantage(1, 1, Optional.empty()));
    assertDoesNotThrow(() -> new ReinforcePlusPlusAdvantage(0, whitening));
    assertDoesNotThrow(() -> new ReinforcePlusPlusAdvantage(1, whitening));
    assertDoesNotThrow(() -> new ProcessSupervisionAdvantage(Deviation.SAMPLE, 0));
  }

  private static void refused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
