package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.grpo4j.objective.ImportanceCorrection.OutOfBounds;
import org.grpo4j.objective.ImportanceCorrection.Unit;
import org.junit.jupiter.api.Test;

/** Settings that make no sense are refused by name, and those on the edge of sense are not. */
class SettingsTest {

  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final ClippedSurrogate CLIP = ClippedSurrogate.symmetric(0.2);
  private static final Aggregation PER_TOKEN = Aggregation.tokenMean();

  @Test
  void surrogates() {
    refused("delta: must be greater than 1, got 0.0", () -> new TwoSidedSurrogate(CLIP, 0));
    refused("tauPositive: must be positive, got 0.0", () -> new SapoSurrogate(0, 1));
    refused("tauNegative: must be positive, got 0.0", () -> new SapoSurrogate(1, 0));
    refused("minRatio: must be at least 0, got -1.0", () -> new CispoSurrogate(-1, 1));
    refused("maxRatio: must be at least minRatio 2.0, got 1.0", () -> new CispoSurrogate(2, 1));
    refused("kPositive: must be in [0, 100], got -1.0", () -> new VespoSurrogate(-1, 3, 3, 2));
    refused("lambdaPositive: must be in [0, 100], got -1.0", () -> new VespoSurrogate(2, -1, 3, 2));
    refused("kNegative: must be in [0, 100], got -1.0", () -> new VespoSurrogate(2, 3, -1, 2));
    refused("lambdaNegative: must be in [0, 100], got -1.0", () -> new VespoSurrogate(2, 3, 3, -1));
    DppoSurrogate.Divergence tv = DppoSurrogate.Divergence.TV;
    refused("low: must be at least 0, got -1.0", () -> new DppoSurrogate(tv, -1, 0, 20));
    refused("high: must be at least 0, got -1.0", () -> new DppoSurrogate(tv, 0, -1, 20));
    refused("maxRatio: must be at least 1, got 0.5", () -> new DppoSurrogate(tv, 0, 0, 0.5));
    assertDoesNotThrow(() -> new DppoSurrogate(tv, 0, 0, 1));
    assertDoesNotThrow(() -> new CispoSurrogate(0, 1));
    assertDoesNotThrow(() -> new CispoSurrogate(1, 1));
    assertDoesNotThrow(() -> new VespoSurrogate(0, 0, 0, 0));
    assertDoesNotThrow(() -> ClippedSurrogate.symmetric(0));
  }

  @Test
  void ratioLevels() {
    refused(
        "epsilonLow: must be at least 0, got -0.1", () -> new ClippedGeometricMeanRatio(-0.1, 0.4));
    refused(
        "epsilonHigh: must be at least 0, got -0.1",
        () -> new ClippedGeometricMeanRatio(0.4, -0.1));
    refused("tokenBound: must be positive, got 0.0", () -> new BoundedProductRatio(0, -1, 1));
    refused(
        "highestSum: must be greater than lowestSum 0.0, got 0.0",
        () -> new BoundedProductRatio(20, 0, 0));
    refused(
        "logRatioBound: must be positive, got 0.0",
        () -> GrpoObjective.standard().withLogRatioBound(0));
    assertDoesNotThrow(() -> new ClippedGeometricMeanRatio(0, 0));
  }

  @Test
  void aggregations() {
    refused("divisor: must be positive, got 0.0", () -> new Aggregation.SumNorm(0));
    refused(
        "divisor: must be positive, got 0.0",
        () -> new Aggregation.SequenceMeanTokenSumNorm(0, EmptyRows.COUNT));
  }

  @Test
  void divergenceAndEntropy() {
    refused("beta: must be at least 0, got -1.0", () -> KlPenalty.of(-1, KlEstimator.K3));
    refused("logBound: must be positive, got 0.0", () -> KlPenalty.NONE.bounded(0, 1));
    refused("valueBound: must be positive, got 0.0", () -> KlPenalty.NONE.bounded(1, 0));
    refused("beta: must be at least 0, got -1.0", () -> new KlInReward(-1, KlEstimator.K1));
    refused("weight: must be finite, got Infinity", () -> new EntropyBonus(INFINITE, PER_TOKEN));
    refused("target: must be positive, got 0.0", () -> new AdaptiveKlWeight(0, 1));
    refused("horizon: must be positive, got 0.0", () -> new AdaptiveKlWeight(1, 0));
    refused(
        "increment: must be in [0, 100], got -1.0", () -> new AdaptiveEntropyWeight(1, -1, 0, 1));
    refused("max: must be at least min 1.0, got 0.0", () -> new AdaptiveEntropyWeight(1, 0, 1, 0));
    assertDoesNotThrow(() -> new AdaptiveEntropyWeight(1, 0, 1, 1));
    assertDoesNotThrow(() -> new EntropyBonus(-0.1, PER_TOKEN), "a negative one punishes entropy");
  }

  @Test
  void theRest() {
    refused("valueClip: must be at least 0, got -0.1", () -> new ValueLoss(-0.1, PER_TOKEN));
    refused("share: must be in [0, 1], got 1.5", () -> new TopEntropyMask(1.5));
    refused("share: must be in (0, 1], got 0.0", () -> new CovarianceRule.KlCov(0));
    refused("share: must be in (0, 1], got 1.5", () -> new CovarianceRule.KlCov(1.5));
    refused("share: must be in (0, 1], got 0.0", () -> new CovarianceRule.ClipCov(0, 0, 1));
    refused("share: must be in (0, 1], got 1.5", () -> new CovarianceRule.ClipCov(1.5, 0, 1));
    refused("low: must be at least 0, got -1.0", () -> new CovarianceRule.ClipCov(1, -1, 1));
    refused(
        "high: must be greater than low 1.0, got 1.0", () -> new CovarianceRule.ClipCov(1, 1, 1));
    assertDoesNotThrow(() -> new CovarianceRule.ClipCov(1, 0, INFINITE));
    refused("threshold: must be at least 0, got NaN", () -> new OffPolicyRowMask(Double.NaN));
    refused("threshold: must be at least 0, got -5.0", () -> new OffPolicyRowMask(-5));
    refused(
        "min: must be at least 0, got -1.0",
        () -> new ImportanceCorrection(Unit.TOKEN, OutOfBounds.MASK, -1, 1));
    refused(
        "max: must be at least min 2.0, got 1.0",
        () -> new ImportanceCorrection(Unit.TOKEN, OutOfBounds.MASK, 2, 1));
    assertDoesNotThrow(() -> new ImportanceCorrection(Unit.TOKEN, OutOfBounds.MASK, 1, 1));
    assertEquals(new ValueLoss(INFINITE, PER_TOKEN), ValueLoss.unclipped(PER_TOKEN));
  }

  private static void refused(String message, Runnable settings) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, settings::run).getMessage());
  }
}
