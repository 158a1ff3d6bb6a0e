package org.grpo4j.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ClipBranch;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.junit.jupiter.api.Test;

class WhatIfTest {

  private static final DoubleVector REWARDS = DoubleVector.of(1, 0, 0, 1, 1, 1, 0, 1);
  private static final RowGroups GROUPS = RowGroups.consecutive(8, 4);

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

  private static final AdvantageInputs INPUTS =
      AdvantageInputs.of(REWARDS, GROUPS, TokenTable.constant(OLD.lengths(), 1));

  private static WhatIfRequest request(int... rows) {
    return request(Optional.of(GroupRelativeAdvantage.standard()), GrpoObjective.standard(), rows);
  }

  private static WhatIfRequest request(
      Optional<AdvantageEstimator> estimator, GrpoObjective objective, int... rows) {
    List<WhatIfRow> given = new ArrayList<>();
    for (int row : rows) {
      given.add(WhatIfRow.of(row, OLD.row(row), CURRENT.row(row)));
    }
    return WhatIfRequest.of(estimator, objective, INPUTS, given);
  }

  private static ObjectiveResult expected() {
    TokenTable advantages = GroupRelativeAdvantage.standard().estimate(INPUTS).perToken();
    return GrpoObjective.standard()
        .evaluate(ObjectiveInputs.of(CURRENT, OLD, advantages, INPUTS.mask(), GROUPS));
  }

  @Test
  void defaultsAreTheStandardObjectiveOnTheStandardAdvantage() {
    WhatIfResult result = WhatIf.evaluate(request(0, 1, 2, 3, 4, 5, 6, 7));
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
    WhatIfResult few = WhatIf.evaluate(request(1, 4));
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
    WhatIfRequest all = request(1);
    WhatIfRequest part =
        new WhatIfRequest(
            all.estimator(),
            all.objective(),
            INPUTS,
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
    GrpoObjective objective = GrpoObjective.standard();
    assertEquals(
        "advantages: needed, because estimator is as-traced",
        message(request(Optional.empty(), objective, 0)));
    WhatIfRow perToken =
        new WhatIfRow(
            1,
            OLD.row(1),
            CURRENT.row(1),
            Optional.empty(),
            Optional.empty(),
            Optional.of(DoubleVector.of(3, 2, 1)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    WhatIfResult result =
        WhatIf.evaluate(WhatIfRequest.of(Optional.empty(), objective, INPUTS, List.of(perToken)));
    assertEquals(2, result.token(1, 1).advantage());
    assertEquals(3, result.rowAdvantages().get(1));
    assertEquals(2, result.explain(Quantity.ADVANTAGE, 1, 1).value());
  }

  @Test
  void explanationsEqualTheirNumbers() {
    WhatIfResult result = WhatIf.evaluate(request(0, 1, 6));
    for (int row : new int[] {0, 1, 6}) {
      for (int t = 0; t < OLD.length(row); t++) {
        assertEquals(
            result.token(row, t).advantage(), result.explain(Quantity.ADVANTAGE, row, t).value());
        assertEquals(
            result.token(row, t).lossByLogProb(),
            result.explain(Quantity.COEFFICIENT, row, t).value());
        assertEquals(result.token(row, t).loss(), result.explain(Quantity.LOSS, row, t).value());
        assertEquals(result.token(row, t).ratio(), result.explain(Quantity.RATIO, row, t).value());
        assertEquals(
            result.token(row, t).weight(), result.explain(Quantity.WEIGHT, row, t).value());
      }
    }
  }

  @Test
  void rewardsThatWouldOverflowAreRefused() {
    WhatIfRequest all = request(1);
    for (double reward : new double[] {Double.POSITIVE_INFINITY, -1e308}) {
      double[] rewards = REWARDS.toArray();
      rewards[2] = reward;
      assertEquals(
          "rewards: must be at most 1e100 in size, got " + reward + " at row 2",
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      WhatIfRequest.of(
                          all.estimator(),
                          all.objective(),
                          AdvantageInputs.of(DoubleVector.of(rewards), GROUPS, INPUTS.mask()),
                          all.rows()))
              .getMessage());
    }
  }

  /** Without the scores, a reward that is less by a KL penalty looks like the rule's own. */
  @Test
  void aRewardWithAKlPenaltyIsExplainedDownToTheScore() {
    DoubleVector scores = DoubleVector.of(1, 1, 0, 1, 1, 1, 0, 1);
    WhatIfRequest all = request(1);
    WhatIfResult result =
        WhatIf.evaluate(
            WhatIfRequest.of(
                all.estimator(), all.objective(), INPUTS.withScores(scores), all.rows()));
    assertEquals(
        result.estimated().orElseThrow().explain(1, 0), result.explain(Quantity.ADVANTAGE, 1, 0));
    assertTrue(
        result.explain(Quantity.ADVANTAGE, 1, 0).toString().contains("r = score - penalty = "));
  }

  @Test
  void mistakesAreNamed() {
    Optional<AdvantageEstimator> group = Optional.of(GroupRelativeAdvantage.standard());
    GrpoObjective penalized = GrpoObjective.standard().withKl(KlPenalty.of(0.04, KlEstimator.K3));
    assertEquals(
        "referenceLogProbs: needed, because beta is positive",
        message(request(group, penalized, 0)));
    assertEquals(
        "greedyRewards: needed by ReMax, not given",
        message(request(Optional.of(new GreedyBaselineAdvantage()), GrpoObjective.standard(), 0)));
  }

  private static String message(WhatIfRequest request) {
    return assertThrows(IllegalArgumentException.class, () -> WhatIf.evaluate(request))
        .getMessage();
  }
}
