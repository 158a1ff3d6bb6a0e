package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** What a surrogate says beside its loss: both sides, the branch, its weight, and why. */
class SurrogateTermsTest {

  private static final ClippedSurrogate CLIP = new ClippedSurrogate(0.2, 0.28);

  @Test
  void bothSidesAreToBeMaximised() {
    assertSides(3, 2.56, CLIP.term(-2, 1.5, 2));
    assertSides(-10, -6, new DualClipSurrogate(CLIP, 3).term(-2, 5, -2));
    SapoSurrogate sapo = new SapoSurrogate(1, 1.05);
    assertSides(3, -sapo.term(-2, 1.5, 2).loss(), sapo.term(-2, 1.5, 2));
    assertSides(1.5 * 2 * -0.7, 1.3 * 2 * -0.7, new CispoSurrogate(0.8, 1.3).term(-0.7, 1.5, 2));
    VespoSurrogate vespo = new VespoSurrogate(2, 3, 3, 2);
    double weight = vespo.stopWeight(1.5, 2);
    assertSides(1.5 * 2 * -0.7, weight * 2 * -0.7, vespo.term(-0.7, 1.5, 2));
  }

  private static void assertSides(double unclipped, double clipped, SurrogateTerm term) {
    assertEquals(unclipped, term.unclipped(), 1e-15 * Math.abs(unclipped));
    assertEquals(clipped, term.clipped(), 1e-15 * Math.abs(clipped));
  }

  /** From 0.001 to 0.002 is little, from 0.5 to 0.75 is much, whatever the ratios are. */
  @Test
  void dppoReadsProbabilitiesAndNotRatios() {
    DppoSurrogate tv = new DppoSurrogate(DppoSurrogate.Divergence.TV, 0.2, 0.2, 20);
    assertDppo(tv, ClipBranch.INSIDE, -2, 0.001, 0.002, 1);
    assertDppo(tv, ClipBranch.CLIPPED_HIGH, 0, 0.5, 0.75, 1);
    assertDppo(tv, ClipBranch.INSIDE, 1.5, 0.5, 0.75, -1);
    assertDppo(tv, ClipBranch.CLIPPED_LOW, 0, 0.75, 0.5, -1);
    assertDppo(tv, ClipBranch.INSIDE, -2.0 / 3, 0.75, 0.5, 1);
    assertDppo(tv, ClipBranch.INSIDE, -1, 0.5, 0.5, 1);
    DppoSurrogate kl = new DppoSurrogate(DppoSurrogate.Divergence.KL, 0.2, 0.1, 20);
    double moved = 0.5 * Math.log(0.5 / 0.8) + 0.5 * Math.log(0.5 / 0.2);
    assertEquals(moved, distance(kl.explain(Math.log(0.8), 1.6, 1)), 1e-7);
    assertDppo(kl, ClipBranch.CLIPPED_HIGH, 0, 0.5, 0.8, 1);
    assertDppo(kl, ClipBranch.INSIDE, 0.5, 0.5, 0.25, -1);
    assertDppo(kl, ClipBranch.CLIPPED_LOW, 0, 0.5, 0.1, -1);
    assertDppo(kl, ClipBranch.INSIDE, -1.4, 0.5, 0.7, 1);
    DppoSurrogate onBound = new DppoSurrogate(DppoSurrogate.Divergence.TV, 0.25, 0.25, 20);
    assertDppo(onBound, ClipBranch.INSIDE, -1.5, 0.5, 0.75, 1);
    assertDppo(onBound, ClipBranch.INSIDE, 0.5, 0.5, 0.25, -1);
  }

  private static double distance(Explanation dppo) {
    return dppo.parts().stream()
        .filter(part -> part.symbol().equals("D"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static void assertDppo(
      DppoSurrogate dppo, ClipBranch branch, double loss, double old, double p, double advantage) {
    SurrogateTerm term = dppo.term(Math.log(p), p / old, advantage);
    assertEquals(branch, term.branch(), dppo + " from " + old + " to " + p);
    assertEquals(loss, term.loss(), 1e-15);
    assertEquals(loss, term.lossByLogRatio(), 1e-15);
    assertEquals(p / old * advantage, term.unclipped());
    assertEquals(-loss, term.clipped() + 0.0, 1e-15);
    Explanation explained = dppo.explain(Math.log(p), p / old, advantage);
    assertEquals(term.loss() + 0.0, explained.value() + 0.0);
    assertTrue(explained.description().contains(branch.words()), explained::toString);
  }

  /** verl's coefficient above its bound of the ratio: it stays. */
  @Test
  void aboveTheLargestRatioTheCoefficientOfDppoStays() {
    DppoSurrogate dppo = new DppoSurrogate(DppoSurrogate.Divergence.TV, 0.2, 0.2, 4);
    SurrogateTerm at = dppo.term(Math.log(0.1), 4, 1);
    assertEquals(ClipBranch.INSIDE, at.branch());
    SurrogateTerm above = dppo.term(Math.log(0.1), 8, -2);
    assertEquals(ClipBranch.BOUNDED, above.branch());
    assertEquals(2 * 4 * (1 + Math.log(2)), above.loss(), 1e-14);
    assertEquals(8, above.lossByLogRatio());
    assertEquals(-16, above.unclipped());
    assertEquals(8, dppo.explainByLogRatio(Math.log(0.1), 8, -2).value());
    assertEquals(ClipBranch.INSIDE, dppo.term(Math.log(0.1), 8, 0).branch());
  }

  @Test
  void onlySurrogatesOfThatFormHaveAConstantWeight() {
    assertTrue(Double.isNaN(CLIP.stopWeight(1, 1)));
    assertEquals(1.3, new CispoSurrogate(0.8, 1.3).stopWeight(1.5, 1));
    assertEquals(1, new VespoSurrogate(2, 3, 3, 2).stopWeight(1, 1), 1e-15);
  }

  @Test
  void onABoundIsInside() {
    CispoSurrogate cispo = new CispoSurrogate(0, 2);
    assertEquals(ClipBranch.INSIDE, cispo.term(-1, 2, 1).branch());
    assertEquals(ClipBranch.BOUNDED, cispo.term(-1, 2.5, 1).branch());
    assertEquals(ClipBranch.INSIDE, cispo.term(-1, 2.5, 0).branch());
    assertEquals(ClipBranch.INSIDE, cispo.term(-1, 2.5, -1).branch());
    TwoSidedSurrogate twoSided = new TwoSidedSurrogate(CLIP, 3);
    assertEquals(-1.28, twoSided.term(-1, 1.28, 1).lossByLogRatio());
    assertEquals(1 - 0.2, twoSided.term(-1, 1 - 0.2, -1).lossByLogRatio());
  }

  @Test
  void withoutAnAdvantageNothingIsBounded() {
    DualClipSurrogate dual = new DualClipSurrogate(CLIP, 3);
    assertEquals(ClipBranch.INSIDE, dual.term(-1, 5, 0).branch());
    assertTrue(dual.explain(-1, 5, 0).description().startsWith("clipped surrogate"));
    assertTrue(dual.explain(-1, 3, -1).description().startsWith("clipped surrogate"));
    assertTrue(dual.explain(-1, 3.5, -1).description().startsWith("dual clip"));
  }

  @Test
  void explanationsNameTheRangeAndTheTemperature() {
    assertTrue(CLIP.explain(-1, 1.5, 1).toString().contains("rho_clip, clipped to [0.8, 1.28]"));
    SapoSurrogate sapo = new SapoSurrogate(1, 1.05);
    assertEquals(1, tau(sapo.explain(-1, 1.5, 1)));
    assertEquals(1.05, tau(sapo.explain(-1, 1.5, 0)));
    assertEquals(1.05, tau(sapo.explain(-1, 1.5, -1)));
  }

  private static double tau(Explanation sapo) {
    return sapo.parts().get(0).value();
  }

  /** Three tokens and one, in one group: the weights of the first row with their numbers. */
  @Test
  void weightsAreExplainedWithTheirNumbers() {
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 1}, {1}});
    RowGroups groups = RowGroups.of(0, 0);
    Map<Aggregation, String> formulas =
        Map.of(
            Aggregation.sequenceMeanTokenMean(),
            "1 / (n_i * N) = 1 / (3 * 2)",
            Aggregation.tokenMean(),
            "1 / M = 1 / 4",
            new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT),
            "1 / N = 1 / 2",
            new Aggregation.SequenceMeanTokenSumNorm(5, EmptyRows.COUNT),
            "1 / (N * C) = 1 / (2 * 5)",
            new Aggregation.GroupTokenMean(),
            "1 / (M_g * P) = 1 / (4 * 1)",
            new Aggregation.SumNorm(5),
            "1 / C = 1 / 5");
    formulas.forEach(
        (aggregation, formula) ->
            assertEquals(
                "w = " + formula + ", weight of the token",
                aggregation.explain(mask, groups, 0).text()));
  }
}
