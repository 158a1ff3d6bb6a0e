package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.grpo4j.math.Property;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/**
 * The closed-form coefficients (Eq. 7) against differences of the loss itself, for every objective
 * of the family whose loss is differentiated as it is. Those with a stop-gradient are tied to these
 * in {@link ObjectiveIdentitiesTest}.
 */
class FiniteDifferenceTest {

  private static final double STEP = 1e-6;

  @Test
  void everyCoefficientIsTheDerivativeOfTheLoss() {
    int[] checked = new int[1];
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = ObjectiveExamples.inputs(random);
          for (GrpoObjective objective : ObjectiveExamples.all()) {
            if (!stopsGradients(objective)) {
              checked[0] += check(objective, inputs);
            }
          }
        });
    assertTrue(checked[0] > 20_000, "only " + checked[0] + " derivatives were checked");
  }

  private static int check(GrpoObjective objective, ObjectiveInputs inputs) {
    TokenTable coefficients = objective.evaluate(inputs).lossByLogProb();
    int checked = 0;
    for (int i = 0; i < inputs.rows(); i++) {
      for (int t = 0; t < inputs.mask().length(i); t++) {
        double logProb = inputs.logProbs().get(i, t);
        ObjectiveResult above = evaluate(objective, inputs, i, t, logProb + STEP);
        ObjectiveResult below = evaluate(objective, inputs, i, t, logProb - STEP);
        if (sameBranches(above, below)) {
          double slope = (above.loss() - below.loss()) / (2 * STEP);
          assertEquals(
              slope,
              coefficients.get(i, t),
              1e-8 * Math.max(1, Math.abs(slope)),
              objective + " at (" + i + ", " + t + ")");
          checked++;
        }
      }
    }
    return checked;
  }

  private static ObjectiveResult evaluate(
      GrpoObjective objective, ObjectiveInputs inputs, int row, int token, double logProb) {
    return objective.evaluate(
        inputs.withLogProbs(ObjectiveExamples.with(inputs.logProbs(), row, token, logProb)));
  }

  /** False if a kink lies between the two points: a clip bound, a threshold. */
  private static boolean sameBranches(ObjectiveResult a, ObjectiveResult b) {
    for (int i = 0; i < a.terms().size(); i++) {
      List<TokenTerm> row = a.terms().get(i);
      for (int t = 0; t < row.size(); t++) {
        TokenTerm other = b.token(i, t);
        if (row.get(t).branch() != other.branch()
            || row.get(t).policyFactor() != other.policyFactor()) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean stopsGradients(GrpoObjective objective) {
    return objective.surrogate() instanceof CispoSurrogate
        || objective.surrogate() instanceof VespoSurrogate
        || objective.ratioLevel() instanceof RatioLevel.GspoTokenRatio
        || objective.klPenalty().estimator() == KlEstimator.K3_STRAIGHT_THROUGH;
  }
}
