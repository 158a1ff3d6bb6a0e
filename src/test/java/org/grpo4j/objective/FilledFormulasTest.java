package org.grpo4j.objective;

import static org.grpo4j.math.ExplanationAssertions.assertExplains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.Explanation;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** Formulas with their numbers filled in: what is written must give what stands beside it. */
class FilledFormulasTest {

  private static final ClippedSurrogate CLIP = new ClippedSurrogate(0.2, 0.3);

  @Test
  void theSlopeOfTheSurrogateInsideTheRange() {
    Explanation slope = CLIP.explainByLogRatio(-1, 1.1, 2);
    assertEquals(CLIP.term(-1, 1.1, 2).lossByLogRatio(), slope.value());
    assertEquals(-2.2, slope.value());
    assertEquals("-rho * A = -1.1 * 2", slope.text());
  }

  @Test
  void theSlopeOfTheSurrogateOutsideNamesTheRange() {
    Explanation slope = CLIP.explainByLogRatio(-1, 1.5, 2);
    assertEquals(0, slope.value());
    assertTrue(slope.description().contains("rho has left [0.8, 1.3]"), slope.description());
  }

  @Test
  void theFactorOfSapo() {
    SapoSurrogate sapo = new SapoSurrogate(2, 8);
    for (double advantage : new double[] {0.7, -0.7}) {
      Explanation loss = sapo.explain(-1, 1.1, advantage);
      assertEquals(sapo.term(-1, 1.1, advantage).loss(), loss.value());
      assertExplains(loss.value(), loss);
      String factor = advantage > 0 ? "= -4 / 2 * 0.7 * " : "= -4 / 8 * (-0.7) * ";
      assertTrue(loss.text().contains(factor), loss.text());
    }
  }

  @Test
  void onlyARatioWeightedKlTermReachesTheLossThroughTheRatio() {
    assertFalse(explain(false).contains("beta * dKL/dlog rho"), explain(false));
    assertTrue(explain(true).contains("beta * dKL/dlog rho"), explain(true));
  }

  private static String explain(boolean ratioWeighted) {
    KlPenalty penalty =
        new KlPenalty(
            0.5, KlEstimator.K3, ratioWeighted, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    TokenTable logProbs = TokenTable.of(new double[][] {{-1, -2}});
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
                logProbs,
                TokenTable.of(new double[][] {{-1.1, -2.1}}),
                TokenTable.of(new double[][] {{1, 1}}),
                TokenTable.of(new double[][] {{1, 1}}),
                RowGroups.of(0))
            .withReference(TokenTable.of(new double[][] {{-1.5, -1.5}}));
    return GrpoObjective.standard().withKl(penalty).evaluate(inputs).explain(0, 0).toString();
  }
}
