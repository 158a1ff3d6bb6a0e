package org.grpo4j.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ClipBranch;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.junit.jupiter.api.Test;

class WhatIfTest {

  private static final DoubleVector REWARDS = DoubleVector.of(1, 0, 0, 1, 1, 1, 0, 1);
  private static final RowGroups GROUPS = RowGroups.consecutive(8, 4);
  private static final List<Integer> TOKENS = List.of(2, 3, 1, 2, 4, 2, 3, 0);

  private static final TokenTable OLD =
      TokenTable.of(
          new double[][] {
            {-0.1, -0.9},
            {-1, -2, -0.5},
            {-3},
            {-0.2, -0.3},
            {-1, -1, -1, -1},
            {-2, -2},
            {-1, -0.1, -4},
            {}
          });
  private static final TokenTable CURRENT =
      TokenTable.of(
          new double[][] {
            {-0.05, -0.4},
            {-1.5, -2, -0.3},
            {-3.5},
            {-0.2, -0.1},
            {-1, -0.9, -1.1, -0.5},
            {-2, -1},
            {-1.3, -0.1, -3},
            {}
          });

  private static WhatIfRequest request(WhatIfSettings settings, int... rows) {
    List<WhatIfRow> given = new ArrayList<>();
    for (int row : rows) {
      given.add(
          WhatIfRow.of(
              row, DoubleVector.constant(OLD.length(row), 1), OLD.row(row), CURRENT.row(row)));
    }
    return WhatIfRequest.of(settings, REWARDS, GROUPS, TOKENS, given);
  }

  private static WhatIfSettings objective(String name, String value) {
    return new WhatIfSettings(SettingValues.defaults(), SettingValues.defaults().with(name, value));
  }

  private static ObjectiveResult expected() {
    TokenTable mask = TokenTable.constant(OLD.lengths(), 1);
    TokenTable advantages =
        GroupRelativeAdvantage.standard()
            .estimate(AdvantageInputs.of(REWARDS, GROUPS, mask))
            .perToken();
    return GrpoObjective.standard()
        .evaluate(ObjectiveInputs.of(CURRENT, OLD, advantages, mask, GROUPS));
  }

  @Test
  void defaultsAreTheStandardObjectiveOnTheStandardAdvantage() {
    WhatIfResult result =
        WhatIf.evaluate(request(WhatIfSettings.defaults(), 0, 1, 2, 3, 4, 5, 6, 7));
    ObjectiveResult expected = expected();
    assertEquals(expected.loss(), result.loss().orElseThrow(), 0);
    for (int row = 0; row < OLD.rows(); row++) {
      for (int t = 0; t < OLD.length(row); t++) {
        assertEquals(expected.token(row, t), result.token(row, t));
      }
    }
  }

  @Test
  void tokensDoNotDependOnWhatElseIsKnownOfOtherRows() {
    WhatIfResult few = WhatIf.evaluate(request(WhatIfSettings.defaults(), 1, 4));
    ObjectiveResult expected = expected();
    assertTrue(few.loss().isEmpty());
    for (int row : new int[] {1, 4}) {
      for (int t = 0; t < OLD.length(row); t++) {
        assertEquals(expected.token(row, t), few.token(row, t));
      }
    }
    assertEquals(ClipBranch.CLIPPED_LOW, few.token(1, 0).branch());
  }

  @Test
  void aMiniBatchHasDenominatorsOfItsOwnAndAdvantagesOfTheWholeBatch() {
    WhatIfRequest all = request(WhatIfSettings.defaults(), 1);
    WhatIfRequest part =
        new WhatIfRequest(
            all.settings(),
            REWARDS,
            GROUPS,
            TOKENS,
            Optional.empty(),
            Optional.empty(),
            Optional.of(List.of(5, 1)),
            all.rows());
    WhatIfResult result = WhatIf.evaluate(part);
    assertEquals(WhatIf.evaluate(all).rowAdvantages(), result.rowAdvantages());
    assertEquals(1.0 / 3 / 2, result.token(1, 0).weight(), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> result.token(0, 0));
  }

  @Test
  void tracedAdvantagesAreTakenAsTheyAre() {
    WhatIfSettings traced =
        new WhatIfSettings(
            SettingValues.defaults().with("estimator", "as-traced"), SettingValues.defaults());
    assertEquals(
        "advantages: needed, because estimator is as-traced",
        assertThrows(IllegalArgumentException.class, () -> WhatIf.evaluate(request(traced, 0)))
            .getMessage());
    WhatIfRow row = request(traced, 1).rows().get(0);
    WhatIfRow perToken =
        new WhatIfRow(
            row.row(),
            row.mask(),
            row.oldLogProbs(),
            row.logProbs(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(DoubleVector.of(3, 2, 1)),
            Optional.empty(),
            Optional.empty());
    WhatIfResult result = WhatIf.evaluate(request(traced).withRows(List.of(perToken)));
    assertEquals(2, result.token(1, 1).advantage());
    assertEquals(3, result.rowAdvantages().get(1));
    assertEquals(2, result.explain(Quantity.ADVANTAGE, 1, 1).value());
  }

  @Test
  void explanationsEqualTheirNumbers() {
    WhatIfResult result = WhatIf.evaluate(request(WhatIfSettings.defaults(), 0, 1, 6));
    for (int row : new int[] {0, 1, 6}) {
      for (int t = 0; t < OLD.length(row); t++) {
        assertEquals(
            result.token(row, t).advantage(), result.explain(Quantity.ADVANTAGE, row, t).value());
        assertEquals(
            result.token(row, t).lossByLogProb(),
            result.explain(Quantity.COEFFICIENT, row, t).value());
        assertEquals(result.token(row, t).loss(), result.explain(Quantity.LOSS, row, t).value());
      }
    }
  }

  @Test
  void rewardsThatWouldOverflowAreRefused() {
    WhatIfRequest all = request(WhatIfSettings.defaults(), 1);
    for (double reward : new double[] {Double.POSITIVE_INFINITY, -1e308}) {
      double[] rewards = REWARDS.toArray();
      rewards[2] = reward;
      assertEquals(
          "rewards: must be at most 1e100 in size, got " + reward + " at row 2",
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      WhatIfRequest.of(
                          all.settings(), DoubleVector.of(rewards), GROUPS, TOKENS, all.rows()))
              .getMessage());
    }
  }

  @Test
  void mistakesAreNamed() {
    assertEquals(
        "surrogate: must be one of clip, dual-clip, two-sided, unclipped, reinforce, cispo, sapo,"
            + " vespo, got klip",
        message(objective("surrogate", "klip")));
    assertEquals("clipLow: must be a number, got wide", message(objective("clipLow", "wide")));
    assertEquals(
        "clipLow: must be in [0, inf), got -0.5",
        message(
            new WhatIfSettings(
                SettingValues.defaults(), SettingValues.defaults().with("clipLow", -0.5))));
    assertEquals(
        "referenceLogProbs: needed, because beta is positive",
        message(
            new WhatIfSettings(
                SettingValues.defaults(), SettingValues.defaults().with("beta", 0.04))));
    assertEquals(
        "greedyRewards: needed by ReMax, not given",
        message(
            new WhatIfSettings(
                SettingValues.defaults().with("estimator", "greedy-baseline"),
                SettingValues.defaults())));
  }

  private static String message(WhatIfSettings settings) {
    return assertThrows(IllegalArgumentException.class, () -> WhatIf.evaluate(request(settings, 0)))
        .getMessage();
  }
}
