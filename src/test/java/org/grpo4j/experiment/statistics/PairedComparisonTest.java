package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedComparisonTest {

  private static final DoubleVector FIRST = DoubleVector.of(0.85, 0.88, 0.83, 0.86, 0.87);
  private static final DoubleVector OTHER = DoubleVector.of(0.88, 0.90, 0.87, 0.885, 0.87);

  /** Numbers from scipy 1.17.1 (ttest_rel) and by hand. */
  @Test
  void everythingAboutFivePairs() {
    PairedComparison comparison = PairedComparison.of(FIRST, OTHER, false, Bootstrap.STANDARD);
    assertEquals(0.023, comparison.mean(), 1e-15);
    assertEquals(0.014832396974191338, comparison.summary().sampleStandardDeviation(), 1e-15);
    assertEquals(1.550659683665457, comparison.cohenDz(), 1e-11);
    assertEquals(0.004583146670080189, comparison.studentT().orElseThrow().low(), 1e-10);
    assertEquals(0.04141685332991985, comparison.studentT().orElseThrow().high(), 1e-10);
    assertEquals(4, comparison.wins());
    assertEquals(1, comparison.wilcoxon().zeros());
    assertEquals(2 / 16.0, comparison.wilcoxon().twoSidedPValue());
    assertEquals(4.5 / 5, comparison.pairedProbabilityOfImprovement().value(), 1e-15);
    assertEquals(6, comparison.seedsNeeded());
  }

  @Test
  void swappingTheTwoTurnsEverySignRound() {
    PairedComparison one = PairedComparison.of(FIRST, OTHER, false, Bootstrap.STANDARD);
    PairedComparison swapped = PairedComparison.of(OTHER, FIRST, false, Bootstrap.STANDARD);
    assertEquals(-one.mean(), swapped.mean(), 1e-15);
    assertEquals(-one.cohenDz(), swapped.cohenDz(), 1e-12);
    assertEquals(one.seedsNeeded(), swapped.seedsNeeded());
    assertEquals(-one.wilcoxon().rankBiserial(), swapped.wilcoxon().rankBiserial());
    assertEquals(
        1,
        one.pairedProbabilityOfImprovement().value()
            + swapped.pairedProbabilityOfImprovement().value(),
        1e-15);
  }

  @Test
  void identicalRunsHaveNoEffectAndNoNumberOfSeedsFindsOne() {
    PairedComparison comparison = PairedComparison.of(FIRST, FIRST, false, Bootstrap.STANDARD);
    assertEquals(0, comparison.cohenDz());
    assertEquals(Double.POSITIVE_INFINITY, comparison.seedsNeeded());
    assertEquals(0.5, comparison.pairedProbabilityOfImprovement().value());
    assertEquals(1, comparison.wilcoxon().twoSidedPValue());
  }

  @Test
  void aConstantDifferenceIsAnInfiniteEffect() {
    DoubleVector shifted = DoubleVector.of(0.95, 0.98, 0.93, 0.96, 0.97);
    PairedComparison comparison = PairedComparison.of(FIRST, shifted, false, Bootstrap.STANDARD);
    assertEquals(Double.POSITIVE_INFINITY, comparison.cohenDz());
    assertEquals(2, comparison.seedsNeeded());
    assertTrue(comparison.wilcoxon().tied());
  }

  @Test
  void oneSeedHasADifferenceAndNothingElse() {
    PairedComparison comparison =
        PairedComparison.of(DoubleVector.of(0.5), DoubleVector.of(0.75), false, Bootstrap.STANDARD);
    assertEquals(0.25, comparison.mean());
    assertTrue(comparison.studentT().isEmpty());
    assertEquals(Verdict.ONE_SEED, comparison.verdict());
    assertTrue(Double.isNaN(comparison.tTestPValue()));
    assertTrue(comparison.summary().bootstrap().isEmpty());
    assertTrue(comparison.pairedProbabilityOfImprovement().interval().isEmpty());
    assertEquals(1, comparison.wilcoxon().twoSidedPValue());
    assertTrue(Double.isNaN(comparison.seedsNeeded()));
  }

  /** 0.9 ± 12.7 · 0.1414 / √2: a difference of two shares cannot be larger than 1. */
  @Test
  void anIntervalOfSharesStaysAmongThem() {
    DoubleVector first = DoubleVector.of(0, 0.1);
    DoubleVector other = DoubleVector.of(1, 0.9);
    ConfidenceInterval shares =
        PairedComparison.of(first, other, true, Bootstrap.STANDARD).studentT().orElseThrow();
    assertEquals(1, shares.high());
    ConfidenceInterval numbers =
        PairedComparison.of(first, other, false, Bootstrap.STANDARD).studentT().orElseThrow();
    assertEquals(2.1706, numbers.high(), 1e-4);
    assertEquals(numbers.low(), shares.low());
  }

  @Test
  void unpairedOrUnknownValuesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PairedComparison.of(FIRST, DoubleVector.of(1), false, Bootstrap.STANDARD));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PairedComparison.of(
                DoubleVector.of(1), DoubleVector.of(Double.NaN), false, Bootstrap.STANDARD));
  }

  /**
   * The exact numbers of the noncentral t distribution (scipy 1.17.1), which these happen to meet.
   */
  @ParameterizedTest
  @CsvSource({"0.2, 199", "0.5, 34", "0.8, 15", "1.0, 10", "1.5, 6", "2.0, 5", "-0.8, 15"})
  void seedsForAKnownEffect(double effect, double seeds) {
    assertEquals(seeds, RequiredSeeds.forEffect(effect));
  }
}
