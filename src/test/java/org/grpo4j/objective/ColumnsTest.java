package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** Worked examples and edges of the columns of an objective. */
class ColumnsTest {

  private static final ClippedSurrogate CLIP = new ClippedSurrogate(0.2, 0.28);

  /** The four corners: only two of them are clipped. */
  @Test
  void theFourCornersOfTheClip() {
    assertTerm(CLIP.term(-1, 1.5, 1), -1.28, 0, ClipBranch.CLIPPED_HIGH);
    assertTerm(CLIP.term(-1, 1.5, -1), 1.5, 1.5, ClipBranch.INSIDE);
    assertTerm(CLIP.term(-1, 0.5, 1), -0.5, -0.5, ClipBranch.INSIDE);
    assertTerm(CLIP.term(-1, 0.5, -1), 0.8, 0, ClipBranch.CLIPPED_LOW);
    assertTerm(CLIP.term(-1, 1.1, 1), -1.1, -1.1, ClipBranch.INSIDE);
    assertTerm(CLIP.term(-1, 9, 0), 0, 0, ClipBranch.INSIDE);
  }

  /** With a bound of 0 this decides about every first step. */
  @Test
  void aRatioOnTheBoundIsInside() {
    assertTerm(CLIP.term(-1, 1.28, 1), -1.28, -1.28, ClipBranch.INSIDE);
    assertTerm(CLIP.term(-1, 1 - 0.2, -1), 0.8, 0.8, ClipBranch.INSIDE);
    assertTerm(ClippedSurrogate.symmetric(0).term(-1, 1, 1), -1, -1, ClipBranch.INSIDE);
  }

  @Test
  void dualClipBoundsTheOpenCorner() {
    DualClipSurrogate dual = new DualClipSurrogate(CLIP, 3);
    assertTerm(dual.term(-1, 5, -1), 3, 0, ClipBranch.BOUNDED);
    assertTerm(dual.term(-1, 3, -1), 3, 3, ClipBranch.INSIDE);
    assertTerm(dual.term(-1, 5, 1), -1.28, 0, ClipBranch.CLIPPED_HIGH);
    assertThrows(IllegalArgumentException.class, () -> new DualClipSurrogate(CLIP, 1));
  }

  @Test
  void aRatioOnTheUpperBoundOfTwoSidedClippingIsInside() {
    TwoSidedSurrogate twoSided = new TwoSidedSurrogate(CLIP, 3);
    assertTerm(twoSided.term(-1, 3, -1), 3, 3, ClipBranch.INSIDE);
    assertTerm(twoSided.term(-1, 3.5, -1), 3, 0, ClipBranch.BOUNDED);
  }

  /** A bound inside the range acts as upper clip for A > 0; for A < 0 only beyond the range. */
  @Test
  void twoSidedWithABoundInsideTheRange() {
    TwoSidedSurrogate twoSided = new TwoSidedSurrogate(CLIP, 1.1);
    assertTerm(twoSided.term(-1, 1.2, 1), -1.1, 0, ClipBranch.BOUNDED);
    assertTerm(twoSided.term(-1, 1.2, -1), 1.2, 1.2, ClipBranch.INSIDE);
    assertTerm(twoSided.term(-1, 1.5, -1), 1.28, 0, ClipBranch.BOUNDED);
  }

  private static void assertTerm(
      SurrogateTerm term, double loss, double lossByLogRatio, ClipBranch branch) {
    assertEquals(loss, term.loss() + 0.0, 1e-15);
    assertEquals(lossByLogRatio, term.lossByLogRatio() + 0.0, 1e-15);
    assertEquals(branch, term.branch());
  }

  /** Directly, the sum of numbers near 1 and -1 would have lost all digits of 5e-19. */
  @Test
  void k3KeepsItsDigitsNearZero() {
    assertEquals(5e-19, KlEstimator.K3.value(1e-9), 1e-24);
    assertEquals(0, KlEstimator.K3.value(0));
  }

  @Test
  void boundsOfTheDivergenceStopItsGradient() {
    KlPenalty verl = KlPenalty.of(1, KlEstimator.K3).bounded(20, 10);
    assertEquals(10, verl.value(-3), "exp(3) - 4 exceeds 10");
    assertEquals(0, verl.derivative(-3));
    assertEquals(KlEstimator.K3.derivative(-2), verl.derivative(-2));
    KlPenalty byLog = KlPenalty.of(1, KlEstimator.K1).bounded(0.5, 10);
    assertEquals(1, byLog.derivative(0.5), "on the bound is inside");
    assertEquals(1, KlPenalty.of(1, KlEstimator.K1).bounded(20, 0.5).derivative(-0.5));
    assertEquals(0.5, byLog.value(2));
    assertEquals(0, byLog.derivative(2));
  }

  /** One empty row and one full row of loss 1: the libraries disagree. */
  @Test
  void emptyRowsCountOrDoNot() {
    TokenTable mask = TokenTable.of(new double[][] {{0, 0}, {1, 1}});
    RowGroups groups = RowGroups.consecutive(2, 1);
    Aggregation counting = new Aggregation.SequenceMeanTokenMean(EmptyRows.COUNT);
    Aggregation skipping = new Aggregation.SequenceMeanTokenMean(EmptyRows.SKIP);
    assertEquals(0.5, counting.weights(mask, groups).row(1).sum(), 1e-15);
    assertEquals(1.0, skipping.weights(mask, groups).row(1).sum(), 1e-15);
  }

  @Test
  void theWeightsOfEveryAggregation() {
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 1}, {1, 0, 0}});
    RowGroups groups = RowGroups.consecutive(2, 2);
    assertWeights(
        new Aggregation.SequenceMeanTokenMean(EmptyRows.COUNT), mask, groups, 1.0 / 6, 1.0 / 2);
    assertWeights(new Aggregation.TokenMean(), mask, groups, 1.0 / 4, 1.0 / 4);
    assertWeights(new Aggregation.SumNorm(8), mask, groups, 1.0 / 8, 1.0 / 8);
    assertWeights(
        new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT), mask, groups, 1.0 / 2, 1.0 / 2);
    assertWeights(
        new Aggregation.SequenceMeanTokenSumNorm(5, EmptyRows.COUNT), mask, groups, 0.1, 0.1);
    assertWeights(new Aggregation.SumNorm(5), mask, groups, 0.2, 0.2);
    assertWeights(
        new Aggregation.GroupTokenMean(), mask, RowGroups.consecutive(2, 1), 1.0 / 6, 1.0 / 2);
  }

  private static void assertWeights(
      Aggregation aggregation, TokenTable mask, RowGroups groups, double first, double second) {
    TokenTable weights = aggregation.weights(mask, groups);
    assertEquals(first, weights.get(0, 2), 1e-15, aggregation.toString());
    assertEquals(second, weights.get(1, 0), 1e-15, aggregation.toString());
    assertEquals(0, weights.get(1, 1), aggregation.toString());
  }

  @Test
  void nothingToLearnFromIsNoLoss() {
    TokenTable zero = TokenTable.of(new double[][] {{0}, {}});
    ObjectiveInputs inputs =
        ObjectiveInputs.of(zero, zero, zero, zero, RowGroups.consecutive(2, 2));
    for (Aggregation aggregation : ObjectiveExamples.aggregations()) {
      ObjectiveResult result =
          GrpoObjective.of(CLIP, new RatioLevel.TokenRatio(), aggregation).evaluate(inputs);
      assertEquals(0, result.loss(), aggregation.toString());
      assertEquals(zero, result.lossByLogProb());
    }
    assertTrue(Double.isNaN(GrpoObjective.standard().evaluate(inputs).metrics().ratioMean()));
  }

  @Test
  void whatIsNeededAndNotGivenIsNamed() {
    TokenTable one = TokenTable.of(new double[][] {{1}});
    ObjectiveInputs inputs = ObjectiveInputs.of(one, one, one, one, RowGroups.of(0));
    assertMessage(
        "referenceLogProbs: needed, because beta is positive",
        () -> GrpoObjective.standard().withKl(KlPenalty.of(0.1, KlEstimator.K3)).evaluate(inputs));
    assertMessage(
        "entropies: needed, because of the entropy bonus",
        () ->
            GrpoObjective.standard()
                .withEntropyBonus(EntropyBonus.tokenMean(0.1))
                .evaluate(inputs));
    assertMessage("clipLow: must be at least 0, got -0.1", () -> new ClippedSurrogate(-0.1, 0.2));
    assertMessage(
        "clipHigh: must be at least 0, got NaN", () -> new ClippedSurrogate(0.1, Double.NaN));
    assertMessage(
        "mask: must be 0 or 1, got 0.5 at row 0, token 0",
        () ->
            ObjectiveInputs.of(
                one, one, one, TokenTable.of(new double[][] {{0.5}}), RowGroups.of(0)));
    assertMessage(
        "advantages: must have the shape of the mask",
        () ->
            ObjectiveInputs.of(
                one, one, TokenTable.of(new double[][] {{1, 1}}), one, RowGroups.of(0)));
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
