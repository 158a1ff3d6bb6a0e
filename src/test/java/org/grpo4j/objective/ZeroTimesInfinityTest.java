package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** Where a factor is 0 the product is 0, however far the ratio has gone. */
class ZeroTimesInfinityTest {

  private static final double[] RATIOS = {
    0, Double.MIN_VALUE, 1e-300, 1, 1e300, Double.POSITIVE_INFINITY
  };
  private static final double[] LOG_RATIOS = {-1e4, -746, -40, 0, 40, 710, 1e4};

  @Test
  void anAdvantageOfZeroTeachesNothingWhateverTheRatio() {
    for (Surrogate surrogate : ObjectiveExamples.surrogates()) {
      for (double ratio : RATIOS) {
        for (double zero : new double[] {0.0, -0.0}) {
          String where = surrogate + " at ratio " + ratio;
          SurrogateTerm term = surrogate.term(-1, ratio, zero);
          assertZero(where, term.loss());
          assertZero(where, term.lossByLogRatio());
          assertZero(where, term.lossByLogProb());
          assertZero(where, term.unclipped());
          assertZero(where, term.clipped());
          assertZero(where, surrogate.explain(-1, ratio, zero).value());
          assertZero(where, surrogate.explainByLogRatio(-1, ratio, zero).value());
        }
      }
    }
  }

  @Test
  void aRowWithoutAdvantageOrWithoutWeightIsZeroAtEveryLevel() {
    for (Surrogate surrogate : ObjectiveExamples.surrogates()) {
      for (RatioLevel level : ObjectiveExamples.ratioLevels()) {
        for (Aggregation aggregation : ObjectiveExamples.aggregations()) {
          GrpoObjective objective = GrpoObjective.of(surrogate, level, aggregation);
          for (double logRatio : LOG_RATIOS) {
            String where = objective + " at log-ratio " + logRatio;
            assertAllZero(where, objective.evaluate(inputs(logRatio, 0)));
            ObjectiveInputs weightless = inputs(logRatio, -1);
            TokenTable none = TokenTable.constant(weightless.mask().lengths(), 0);
            assertAllZero(where, objective.evaluate(weightless.withTokenWeights(none)));
          }
        }
      }
    }
  }

  @Test
  void aSlopeThatHasFadedIsZero() {
    for (double advantage : new double[] {-1, 1}) {
      for (double ratio : new double[] {1e300, Double.POSITIVE_INFINITY}) {
        assertZero("sapo", new SapoSurrogate(1, 1.05).term(-1, ratio, advantage).lossByLogRatio());
        assertZero("vespo", new VespoSurrogate(2, 3, 3, 2).term(-1, ratio, advantage).loss());
      }
      assertZero("vespo", new VespoSurrogate(2, 3, 3, 2).term(-1, 0, advantage).loss());
    }
  }

  /** {@code rho k3 = exp(log rho - x) + rho (x - 1)}: finite where rho is 0 and k3 infinite. */
  @Test
  void ratioWeightedK3IsFiniteWhereTheProductIs() {
    KlPenalty penalty = KlPenalty.of(0.04, KlEstimator.K3).weightedByRatio();
    double[] xs = {-2000, -800, -745, -300, -101, -99, -5, -1e-3, 0, 1e-3, 5, 300, 2000};
    for (double x : xs) {
      for (double distance : new double[] {-5, -1, 0, 0.5, 3}) {
        double logRatio = x < 0 ? x + distance : distance; // exp(logRatio - x) stays moderate
        KlPenalty.KlTerm term = penalty.term(x, logRatio);
        double ratio = Math.exp(logRatio);
        double expected = Math.exp(logRatio - x) + (ratio == 0 ? 0 : ratio * (x - 1));
        String where = "x " + x + ", log rho " + logRatio;
        double scale = Math.exp(logRatio - x) + ratio * (Math.abs(x) + 1);
        assertEquals(expected, term.value(), 1e-12 * scale, where);
        assertEquals(term.value(), term.byLogRatio(), where);
        assertEquals(ratio - Math.exp(logRatio - x), term.byLogProb(), 1e-12 * scale, where);
        double explained = penalty.explain(x, 0, logRatio).value();
        assertEquals(term.value(), explained, where);
      }
    }
  }

  @Test
  void aKlPenaltyTakesTheRatioOfTheTokenWhereTheLevelBelongsToTheSurrogate() {
    KlPenalty penalty = KlPenalty.of(0.3, KlEstimator.K3).weightedByRatio();
    for (RatioLevel level :
        List.of(new BoundedProductRatio(), new ClippedGeometricMeanRatio(0.01, 0.01))) {
      GrpoObjective objective =
          GrpoObjective.of(new VespoSurrogate(2, 3, 3, 2), level, new Aggregation.TokenMean())
              .withKl(penalty);
      TokenTable reference = TokenTable.of(new double[][] {{-1.5, -0.4}, {-2, -1}});
      ObjectiveInputs inputs = inputs(0.7, 1).withReference(reference);
      ObjectiveResult result = objective.evaluate(inputs);
      for (int t = 0; t < 2; t++) {
        double x = inputs.logProbs().get(0, t) - reference.get(0, t);
        double ofToken = Math.exp(inputs.logProbs().get(0, t) - inputs.oldLogProbs().get(0, t));
        assertEquals(ofToken * KlEstimator.K3.value(x), result.token(0, t).kl(), 1e-15);
      }
    }
  }

  @Test
  void aValueClipOfZeroHoldsValuesThatHaveMovedTheRightWay() {
    ValueLoss loss = new ValueLoss(0, new Aggregation.TokenMean());
    TokenTable old = TokenTable.of(new double[][] {{0, 0, 0}});
    TokenTable values = TokenTable.of(new double[][] {{0, 0.5, -0.5}});
    TokenTable returns = TokenTable.of(new double[][] {{1, 1, 1}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 1}});
    ValueLossResult result = loss.evaluate(values, old, returns, mask, RowGroups.of(0));
    assertEquals(-1.0 / 3, result.lossByValue().get(0, 0), 1e-15);
    assertEquals(0, result.lossByValue().get(0, 1));
    assertEquals(-1.5 / 3, result.lossByValue().get(0, 2), 1e-15);
  }

  /** Two rows of two tokens: the first has moved by {@code logRatio}, the second has not. */
  private static ObjectiveInputs inputs(double logRatio, double advantage) {
    double far = Math.abs(logRatio);
    TokenTable old = TokenTable.of(new double[][] {{-1 - far, -1 - 2 * far}, {-1, -1}});
    TokenTable current =
        TokenTable.of(new double[][] {{-1 - far + logRatio, -1 - 2 * far + logRatio}, {-1, -1}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 1}, {1, 1}});
    TokenTable advantages =
        TokenTable.of(new double[][] {{advantage, advantage}, {advantage, advantage}});
    return ObjectiveInputs.of(current, old, advantages, mask, RowGroups.of(0, 0));
  }

  private static void assertAllZero(String where, ObjectiveResult result) {
    assertZero(where, result.loss());
    assertZero(where, result.policyLoss());
    for (int i = 0; i < 2; i++) {
      for (int t = 0; t < 2; t++) {
        assertZero(where, result.lossByLogProb().get(i, t));
        assertZero(where, result.explain(i, t).value());
        assertZero(where, result.explainLoss(i, t).value());
      }
    }
  }

  private static void assertZero(String where, double value) {
    assertTrue(value == 0, where + ": " + value);
  }
}
