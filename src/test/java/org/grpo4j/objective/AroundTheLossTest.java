package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Property;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ImportanceCorrection.OutOfBounds;
import org.grpo4j.objective.ImportanceCorrection.Unit;
import org.junit.jupiter.api.Test;

/** The critic's loss, rewards with a divergence in them, weights, masks and controllers. */
class AroundTheLossTest {

  @Test
  void theValueLossGradientIsItsDerivative() {
    Property.forAll(
        random -> {
          ObjectiveInputs tables = ObjectiveExamples.inputs(random);
          TokenTable values = tables.logProbs();
          TokenTable oldValues = tables.oldLogProbs();
          TokenTable returns = tables.advantages();
          for (double valueClip : new double[] {0.2, Double.POSITIVE_INFINITY}) {
            ValueLoss loss = new ValueLoss(valueClip, new Aggregation.TokenMean());
            ValueLossResult at =
                loss.evaluate(values, oldValues, returns, tables.mask(), tables.groups());
            for (int i = 0; i < values.rows(); i++) {
              for (int t = 0; t < values.length(i); t++) {
                double h = 1e-6;
                double value = values.get(i, t);
                double slope =
                    (lossAt(loss, tables, i, t, value + h) - lossAt(loss, tables, i, t, value - h))
                        / (2 * h);
                // The maximum of two parabolas has kinks; random numbers do not hit them.
                assertEquals(slope, at.lossByValue().get(i, t), 1e-8);
              }
            }
          }
        });
  }

  private static double lossAt(
      ValueLoss loss, ObjectiveInputs tables, int row, int token, double value) {
    TokenTable values = ObjectiveExamples.with(tables.logProbs(), row, token, value);
    return loss.evaluate(
            values, tables.oldLogProbs(), tables.advantages(), tables.mask(), tables.groups())
        .loss();
  }

  @Test
  void aValueThatMovedTooFarTheRightWayIsLeftAlone() {
    ValueLoss loss = new ValueLoss(0.2, new Aggregation.TokenMean());
    assertValue(loss, 0.5, 0, 1, 0.32, 0, 1);
    assertValue(loss, -0.5, 0, -1, 0.32, 0, 1);
    assertValue(loss, -0.5, 0, 1, 1.125, -1.5, 0);
    assertValue(loss, 0.2, 0, 1, 0.32, -0.8, 0);
    // Exactly opposite errors: half of the slope.
    ValueLoss tie = new ValueLoss(0.25, new Aggregation.TokenMean());
    assertValue(tie, 0.75, 0, 0.5, 0.03125, 0.125, 0);
  }

  private static void assertValue(
      ValueLoss loss,
      double value,
      double oldValue,
      double target,
      double expectedLoss,
      double expectedSlope,
      double expectedClipFraction) {
    ValueLossResult result =
        loss.evaluate(one(value), one(oldValue), one(target), one(1), RowGroups.of(0));
    assertEquals(expectedLoss, result.loss(), 1e-15);
    assertEquals(expectedSlope, result.lossByValue().get(0, 0), 1e-15);
    assertEquals(expectedClipFraction, result.clipFraction());
  }

  @Test
  void theScoreComesWithTheLastTokenThatCounts() {
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 0}, {0, 0, 0}});
    TokenTable old = TokenTable.of(new double[][] {{-1, -2, Double.NaN}, {0, 0, 0}});
    TokenTable reference = TokenTable.of(new double[][] {{-1.5, -2, Double.NaN}, {0, 0, 0}});
    DoubleVector scores = DoubleVector.of(3, 1);
    KlInReward kl = new KlInReward(0.1, KlEstimator.K1);
    TokenTable rewards = kl.tokenRewards(scores, old, reference, mask);
    assertEquals(-0.05, rewards.get(0, 0), 1e-15);
    assertEquals(3, rewards.get(0, 1), 1e-15);
    assertEquals(0, rewards.get(0, 2));
    assertEquals(0, rewards.get(1, 0), "a row without tokens has nowhere to put its score");
    assertEquals(DoubleVector.of(3 - 0.05, 1), kl.rowRewards(scores, old, reference, mask));
    assertEquals(
        TokenTable.of(new double[][] {{0, 3, 0}, {0, 0, 0}}), KlInReward.atLastToken(scores, mask));
  }

  @Test
  void importanceWeightsAreTruncatedOrMasked() {
    TokenTable old = TokenTable.of(new double[][] {{Math.log(4), 0, 7}});
    TokenTable sampler = TokenTable.of(new double[][] {{0, Math.log(2), 0}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 0}});
    assertRow(
        new ImportanceCorrection(Unit.TOKEN, OutOfBounds.TRUNCATE, 0, 2),
        2,
        0.5,
        old,
        sampler,
        mask);
    assertRow(
        new ImportanceCorrection(Unit.TOKEN, OutOfBounds.MASK, 0, 2), 0, 0.5, old, sampler, mask);
    assertRow(
        new ImportanceCorrection(Unit.SEQUENCE, OutOfBounds.MASK, 0, 2), 2, 2, old, sampler, mask);
    TokenTable one = TokenTable.of(new double[][] {{0, 0, 0}});
    assertRow(new ImportanceCorrection(Unit.TOKEN, OutOfBounds.MASK, 1, 1), 1, 1, one, one, mask);
    assertRow(
        new ImportanceCorrection(Unit.SEQUENCE, OutOfBounds.TRUNCATE, 0, 1.5),
        1.5,
        1.5,
        old,
        sampler,
        mask);
  }

  private static void assertRow(
      ImportanceCorrection correction,
      double first,
      double second,
      TokenTable old,
      TokenTable sampler,
      TokenTable mask) {
    TokenTable weights = correction.weights(old, sampler, mask);
    assertEquals(first, weights.get(0, 0), 1e-14, correction.toString());
    assertEquals(second, weights.get(0, 1), 1e-14, correction.toString());
  }

  @Test
  void theTokensOfHighestEntropyAreKept() {
    TokenTable entropies = TokenTable.of(new double[][] {{1, 2, 3}, {4, 99}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 1}, {1, 0}});
    TopEntropyMask half = new TopEntropyMask(0.5);
    assertEquals(2.5, half.threshold(entropies, mask), 1e-15);
    assertEquals(
        TokenTable.of(new double[][] {{0, 0, 1}, {1, 0}}), half.tokenWeights(entropies, mask));
    assertEquals(mask, new TopEntropyMask(1).tokenWeights(entropies, mask));
    assertEquals(
        TokenTable.of(new double[][] {{0, 0, 0}, {1, 0}}),
        new TopEntropyMask(0).tokenWeights(entropies, mask));
    assertThrows(IllegalArgumentException.class, () -> new TopEntropyMask(-0.1));
  }

  /** Advantages 1 and -1, log-probabilities 0 and -2 and -4: mean 0 and -2. */
  private static ObjectiveInputs covariances() {
    TokenTable logProbs = TokenTable.of(new double[][] {{0, -4, 9}, {-4, 0}});
    return ObjectiveInputs.of(
        logProbs,
        logProbs,
        TokenTable.of(new double[][] {{1, 3, 9}, {-3, -1}}),
        TokenTable.of(new double[][] {{1, 1, 0}, {1, 1}}),
        RowGroups.of(0, 0));
  }

  @Test
  void theCovarianceOfATokenIsOfWhatCounts() {
    List<CovarianceRule.Place> places = CovarianceRule.places(covariances());
    assertEquals(
        List.of(
            new CovarianceRule.Place(0, 0, 2),
            new CovarianceRule.Place(0, 1, -6),
            new CovarianceRule.Place(1, 0, 6),
            new CovarianceRule.Place(1, 1, -2)),
        places);
  }

  /** The band is open; the lot falls on one of the two in it, on both if the share is half. */
  @Test
  void clipCovTakesThePolicyTermOfSomeInTheBand() {
    ObjectiveInputs inputs = covariances();
    int[] lost = new int[2];
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TokenTable weights =
          new CovarianceRule.ClipCov(2e-4, 1, 7).weigh(inputs, random).tokenWeights().orElseThrow();
      assertEquals(3, Masks.count(weights));
      lost[0] += weights.get(0, 0) == 0 ? 1 : 0;
      lost[1] += weights.get(1, 0) == 0 ? 1 : 0;
    }
    assertEquals(20, lost[0] + lost[1]);
    assertTrue(lost[0] > 0 && lost[1] > 0, "always the same one");
    SplittableRandom random = new SplittableRandom(1);
    assertEquals(
        TokenTable.of(new double[][] {{0, 1, 0}, {0, 1}}),
        new CovarianceRule.ClipCov(0.5, 1, 7).weigh(inputs, random).tokenWeights().orElseThrow());
    assertEquals(
        inputs.mask(),
        new CovarianceRule.ClipCov(1, 2, 6).weigh(inputs, random).tokenWeights().orElseThrow());
    TokenTable halves = TokenTable.of(new double[][] {{0.5, 0.5, 0}, {0.5, 0.5}});
    assertEquals(
        TokenTable.of(new double[][] {{0, 0.5, 0}, {0, 0.5}}),
        new CovarianceRule.ClipCov(1, 1, 7)
            .weigh(inputs.withTokenWeights(halves), random)
            .tokenWeights()
            .orElseThrow(),
        "on top of other weights");
  }

  @Test
  void klCovHoldsBackTheLargestAndNoOthers() {
    ObjectiveInputs inputs = covariances();
    SplittableRandom random = new SplittableRandom(1);
    assertEquals(
        TokenTable.of(new double[][] {{0, 0, 0}, {1, 0}}),
        new CovarianceRule.KlCov(2e-4).weigh(inputs, random).klWeights().orElseThrow());
    assertEquals(
        TokenTable.of(new double[][] {{1, 0, 0}, {1, 1}}),
        new CovarianceRule.KlCov(0.75).weigh(inputs, random).klWeights().orElseThrow());
    assertTrue(new CovarianceRule.KlCov(1).needsKl());
    assertFalse(new CovarianceRule.ClipCov(1, 0, 1).needsKl());
    ObjectiveInputs nothing = ObjectiveInputs.of(one(-1), one(-1), one(1), one(0), RowGroups.of(0));
    assertEquals(
        one(0), new CovarianceRule.KlCov(1).weigh(nothing, random).klWeights().orElseThrow());
  }

  /** Weight 2 of the KL term of the first token, none of the second. */
  @Test
  void aFactorOfTheKlTermTouchesNothingElse() {
    TokenTable logProbs = TokenTable.of(new double[][] {{-1, -1}});
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
            logProbs,
            TokenTable.of(new double[][] {{-1.5, -0.5}}),
            TokenTable.of(new double[][] {{0, 0}}),
            TokenTable.of(new double[][] {{1, 1}}),
            RowGroups.of(0));
    KlPenalty penalty = KlPenalty.of(0.5, KlEstimator.ABSOLUTE).fromOldPolicy();
    GrpoObjective objective = GrpoObjective.standard().withKl(penalty);
    ObjectiveResult plain = objective.evaluate(inputs);
    assertEquals(0.5 * 0.5, plain.klLoss(), 1e-15);
    assertEquals(0.25, plain.lossByLogProb().get(0, 0), 1e-15);
    assertEquals(-0.25, plain.lossByLogProb().get(0, 1), 1e-15);
    ObjectiveResult weighed =
        objective.evaluate(inputs.withKlWeights(TokenTable.of(new double[][] {{2, 0}})));
    assertEquals(0.5 * 0.5, weighed.klLoss(), 1e-15);
    assertEquals(0.5, weighed.lossByLogProb().get(0, 0), 1e-15);
    assertEquals(0, weighed.lossByLogProb().get(0, 1));
    assertEquals(0.5, weighed.metrics().kl(), 1e-15);
  }

  /** Dropped rows lose their policy term, keep their divergence and stay in the denominators. */
  @Test
  void theOffPolicyMaskDropsOnlyThePolicyTermOfBadRows() {
    OffPolicyRowMask mask = new OffPolicyRowMask(0.1);
    assertTrue(mask.keeps(1, 5));
    assertTrue(mask.keeps(0, 5));
    assertTrue(mask.keeps(-1, 0.1));
    assertTrue(!mask.keeps(-1, 0.2));
    ObjectiveInputs inputs =
        ObjectiveInputs.of(one(-2), one(-1), one(-1), one(1), RowGroups.of(0))
            .withReference(one(-1.5));
    ObjectiveResult result =
        GrpoObjective.standard()
            .withKl(KlPenalty.of(0.5, KlEstimator.K2))
            .withOffPolicyRowMask(mask)
            .evaluate(inputs);
    assertEquals(0, result.policyLoss());
    assertEquals(0.5 * 0.125, result.loss(), 1e-15);
    assertEquals(0.5 * -0.5, result.lossByLogProb().get(0, 0), 1e-15);
  }

  @Test
  void theEntropyBonusIsSubtracted() {
    TokenTable table = TokenTable.of(new double[][] {{-1, -1}, {-1, -1}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 0}, {1, 1}});
    TokenTable zero = Masks.spread(DoubleVector.of(0, 0), mask);
    TokenTable entropies = TokenTable.of(new double[][] {{0.5, 9}, {1, 1.5}});
    ObjectiveResult result =
        GrpoObjective.standard()
            .withEntropyBonus(EntropyBonus.tokenMean(0.3))
            .evaluate(
                ObjectiveInputs.of(table, table, zero, mask, RowGroups.of(0, 0))
                    .withEntropies(entropies));
    assertEquals(-0.3, result.loss(), 1e-15);
    assertEquals(result.entropyLoss(), result.loss());
    assertEquals(1, result.metrics().entropy(), 1e-15);
    assertEquals(-0.1, result.lossByEntropy().get(1, 1), 1e-15);
    assertEquals(0, result.lossByEntropy().get(0, 1));
  }

  @Test
  void controllers() {
    AdaptiveKlWeight kl = new AdaptiveKlWeight(6, 1000);
    assertEquals(0.2 * (1 + 0.2 * 0.1), kl.next(0.2, 60, 100), 1e-15, "at most a fifth");
    assertEquals(0.2, kl.next(0.2, 6, 100), 1e-15);
    AdaptiveEntropyWeight entropy = new AdaptiveEntropyWeight(0.2, 0.005, 0, 0.02);
    assertEquals(0, entropy.applied(0.01, OptionalDouble.empty()));
    assertEquals(0.01, entropy.applied(0.01, OptionalDouble.of(0.2)));
    assertEquals(0, entropy.applied(0.01, OptionalDouble.of(0.3)));
    assertEquals(0.02, entropy.next(0.018, 0.1));
    assertEquals(0.015, entropy.next(0.01, 0.2), 1e-17, "at the target it still rises");
    assertEquals(0, entropy.next(0.003, 0.5));
  }

  private static TokenTable one(double value) {
    return TokenTable.of(new double[][] {{value}});
  }
}
