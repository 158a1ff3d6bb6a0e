package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

class GrpoObjectiveTest {

  private static final double[][] OLD = {{-1, -2, -1.5}, {-0.7, -0.4}};

  /** Two completions of one prompt; the last token of the second is masked. */
  private static ObjectiveInputs inputs(double[][] logProbs) {
    return ObjectiveInputs.of(
            TokenTable.of(logProbs),
            TokenTable.of(OLD),
            TokenTable.of(new double[][] {{1, 1, 1}, {-1, -1}}),
            TokenTable.of(new double[][] {{1, 1, 1}, {1, 0}}),
            RowGroups.of(0, 0))
        .withReference(TokenTable.of(new double[][] {{-1.2, -1.8, -1.5}, {-0.9, -9}}));
  }

  @Test
  void onTheFirstStepARatioIsOne() {
    ObjectiveResult result = GrpoObjective.standard().evaluate(inputs(OLD));
    assertEquals(0, result.loss(), 1e-12);
    assertEquals(-1.0 / 6, result.token(0, 0).lossByLogProb(), 1e-12);
    assertEquals(0.5, result.token(1, 0).lossByLogProb(), 1e-12);
  }

  @Test
  void aMaskedTokenTakesNoPart() {
    TokenTerm masked = GrpoObjective.standard().evaluate(inputs(OLD)).token(1, 1);
    assertFalse(masked.counts());
    assertEquals(0, masked.lossByLogProb());
  }

  /** Moves one log-probability a little and looks how the loss moves. */
  @Test
  void everyCoefficientIsASlope() {
    double[][] logProbs = {{-0.95, -2.3, -1.1}, {-0.8, -0.4}};
    for (RatioLevel level :
        new RatioLevel[] {new RatioLevel.TokenRatio(), new RatioLevel.SequenceRatio()}) {
      GrpoObjective objective =
          GrpoObjective.of(
                  ClippedSurrogate.symmetric(0.2), level, Aggregation.sequenceMeanTokenMean())
              .withKl(KlPenalty.of(0.1, KlEstimator.K3));
      ObjectiveResult result = objective.evaluate(inputs(logProbs));
      for (int i = 0; i < logProbs.length; i++) {
        for (int t = 0; t < logProbs[i].length; t++) {
          double here = logProbs[i][t];
          double step = 1e-6;
          logProbs[i][t] = here + step;
          double above = objective.evaluate(inputs(logProbs)).loss();
          logProbs[i][t] = here - step;
          double below = objective.evaluate(inputs(logProbs)).loss();
          logProbs[i][t] = here;
          assertEquals(
              (above - below) / (2 * step),
              result.token(i, t).lossByLogProb(),
              1e-8,
              level + ", row " + i + ", token " + t);
        }
      }
    }
  }
}
