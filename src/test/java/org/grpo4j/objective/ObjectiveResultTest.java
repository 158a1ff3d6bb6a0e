package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Property;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** Inputs, the parts and tables of a result, and what explanations say and leave out. */
class ObjectiveResultTest {

  private static final Aggregation PER_TOKEN = Aggregation.tokenMean();

  private static TokenTable table(double... row) {
    return TokenTable.of(new double[][] {row});
  }

  /** One row of two tokens: log-ratios 0.5 and -0.25, advantages 2 and -1. */
  private static ObjectiveInputs example() {
    return ObjectiveInputs.of(
        table(-0.5, -1), table(-1, -0.75), table(2, -1), table(1, 1), RowGroups.of(0));
  }

  @Test
  void everyTableMustHaveTheShapeOfTheMask() {
    TokenTable two = table(1, 1);
    TokenTable three = table(1, 1, 1);
    RowGroups one = RowGroups.of(0);
    refused("logProbs", () -> ObjectiveInputs.of(three, two, two, two, one));
    refused("oldLogProbs", () -> ObjectiveInputs.of(two, three, two, two, one));
    refused("advantages", () -> ObjectiveInputs.of(two, two, three, two, one));
    refused("referenceLogProbs", () -> example().withReference(three));
    refused("importanceWeights", () -> example().withImportanceWeights(three));
    refused("tokenWeights", () -> example().withTokenWeights(three));
    refused("entropies", () -> example().withEntropies(three));
  }

  private static void refused(String field, Runnable inputs) {
    assertEquals(
        field + ": must have the shape of the mask",
        assertThrows(IllegalArgumentException.class, inputs::run).getMessage());
  }

  @Test
  void aMiniBatchHasTheRowsOfEveryTable() {
    Property.forAll(
        random -> {
          ObjectiveInputs all = ObjectiveExamples.inputs(random);
          ObjectiveInputs inputs = all.withTokenWeights(all.entropies().orElseThrow());
          ObjectiveInputs some = inputs.select(List.of(3, 0));
          assertEquals(inputs.logProbs().row(3), some.logProbs().row(0));
          assertEquals(2, some.groups().count());
          assertRow(
              inputs.referenceLogProbs().orElseThrow(), some.referenceLogProbs().orElseThrow());
          assertRow(
              inputs.importanceWeights().orElseThrow(), some.importanceWeights().orElseThrow());
          assertRow(inputs.tokenWeights().orElseThrow(), some.tokenWeights().orElseThrow());
          assertRow(inputs.entropies().orElseThrow(), some.entropies().orElseThrow());
        });
  }

  private static void assertRow(TokenTable all, TokenTable some) {
    assertEquals(all.row(3), some.row(0));
    assertEquals(all.row(0), some.row(1));
  }

  @Test
  void otherLogProbabilitiesLeaveTheRestAsItIs() {
    ObjectiveInputs moved = example().withEntropies(table(1, 2)).withLogProbs(table(-1, -0.75));
    assertEquals(moved.oldLogProbs(), moved.logProbs());
    assertEquals(table(2, -1), moved.advantages());
    assertEquals(table(1, 2), moved.entropies().orElseThrow());
  }

  /** Loss 1/2 ((-2 e^0.5 + 0.5 * 0.25) + (e^-0.25 + 0.5 * 0.25)) without clipping. */
  @Test
  void theLossIsTheSumOfItsParts() {
    GrpoObjective objective =
        GrpoObjective.of(new ImportanceWeightedSurrogate(), new RatioLevel.TokenRatio(), PER_TOKEN)
            .withKl(KlPenalty.of(0.5, KlEstimator.ABSOLUTE))
            .withEntropyBonus(EntropyBonus.tokenMean(0.1));
    ObjectiveResult result =
        objective.evaluate(
            example().withReference(table(-0.75, -1.25)).withEntropies(table(0.5, 1.5)));
    double policy = (-2 * Math.exp(0.5) + Math.exp(-0.25)) / 2;
    assertEquals(policy, result.policyLoss(), 1e-15);
    assertEquals(0.125, result.klLoss(), 1e-15);
    assertEquals(-0.1, result.entropyLoss(), 1e-15);
    assertEquals(policy + 0.125 - 0.1, result.loss(), 1e-15);
    assertEquals(table(0.25, 0.25), result.kl());
    assertEquals(table(0.5, 0.5), result.weights());
    assertEquals(-2 * Math.exp(0.5), result.token(0, 0).policyLoss(), 1e-15);
  }

  @Test
  void factorsMultiplyThePolicyLoss() {
    ObjectiveResult result =
        GrpoObjective.of(new ImportanceWeightedSurrogate(), new RatioLevel.TokenRatio(), PER_TOKEN)
            .evaluate(example().withTokenWeights(table(0.5, 4)));
    assertEquals(-Math.exp(0.5), result.token(0, 0).policyLoss(), 1e-15);
    assertEquals(4 * Math.exp(-0.25), result.token(0, 1).policyLoss(), 1e-15);
  }

  @Test
  void withoutAReferenceThereIsNoDivergenceLoss() {
    ObjectiveResult result = GrpoObjective.standard().evaluate(example());
    assertEquals(0, result.klLoss());
    assertTrue(Double.isNaN(result.token(0, 0).kl()));
    assertEquals(
        result.lossByLogProb().get(0, 1), result.explain(0, 1).value(), "explained without one");
  }

  @Test
  void aLogRatioOnTheBoundIsInside() {
    GrpoObjective objective =
        GrpoObjective.of(new ImportanceWeightedSurrogate(), new RatioLevel.TokenRatio(), PER_TOKEN);
    ObjectiveResult onIt = objective.withLogRatioBound(0.5).evaluate(example());
    assertEquals(-Math.exp(0.5), onIt.lossByLogProb().get(0, 0), 1e-15);
    assertEquals("w * (-rho * A) = 0.5 * (-1.649 * 2)", equation(onIt.explain(0, 0)));
    assertEquals(-Math.exp(0.5), onIt.explain(0, 0).value(), 1e-15);
    ObjectiveResult beyond = objective.withLogRatioBound(0.4).evaluate(example());
    assertEquals(0, beyond.lossByLogProb().get(0, 0));
    assertEquals(
        "g, 0 through the ratio: the log-ratio is at its bound", beyond.explain(0, 0).text());
  }

  /** Without symbol and description. */
  private static String equation(Explanation coefficient) {
    return coefficient.text().replaceAll("^g = |, through.*", "");
  }

  /** The token's own part in full, the others of its row, if the ratio couples them, in short. */
  @Test
  void anExplanationShowsWhatTakesPart() {
    Explanation byToken = GrpoObjective.standard().evaluate(example()).explain(0, 1);
    assertTrue(byToken.description().contains("of token 1"), byToken.text());
    assertEquals(2, byToken.parts().size(), "in full: weight and derivative");
    String rho = "rho = exp(log pi - log pi_old)";
    assertTrue(byToken.toString().contains(rho), byToken.toString());

    Explanation bySequence =
        GrpoObjective.of(
                new ImportanceWeightedSurrogate(), new RatioLevel.SequenceRatio(), PER_TOKEN)
            .evaluate(example())
            .explain(0, 1);
    List<Explanation> both = bySequence.parts();
    assertEquals(2, both.size());
    assertEquals(0, both.get(0).parts().size());
    assertEquals(2, both.get(1).parts().size());
    assertTrue(bySequence.toString().contains("rho, ratio: exp(mean"), bySequence.toString());
  }

  @Test
  void fractionsOfRowsAndMeansOfWeights() {
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
            table(-0.5, -1), table(-2.5, -3), table(-1, -1), table(1, 1), RowGroups.of(0));
    ClippedSurrogate clip = ClippedSurrogate.symmetric(0.2);
    ObjectiveMetrics bounded =
        GrpoObjective.of(new DualClipSurrogate(clip, 3), new RatioLevel.SequenceRatio(), PER_TOKEN)
            .evaluate(inputs)
            .metrics();
    assertEquals(1, bounded.bounded());
    ObjectiveMetrics weights =
        GrpoObjective.of(new CispoSurrogate(0, 1.25), new RatioLevel.TokenRatio(), PER_TOKEN)
            .evaluate(example())
            .metrics();
    assertEquals((1.25 + Math.exp(-0.25)) / 2, weights.stopWeight(), 1e-15);
    assertTrue(Double.isNaN(bounded.stopWeight()));
  }

  @Test
  void theTextNamesTheParts() {
    ObjectiveResult result =
        GrpoObjective.of(new ImportanceWeightedSurrogate(), new RatioLevel.TokenRatio(), PER_TOKEN)
            .withKl(KlPenalty.of(0.5, KlEstimator.ABSOLUTE))
            .withEntropyBonus(EntropyBonus.tokenMean(0.1))
            .evaluate(
                ObjectiveInputs.of(
                        table(-1, -1), table(-1, -1), table(2, 2), table(1, 0), RowGroups.of(0))
                    .withReference(table(-1.5, -1))
                    .withEntropies(table(0.5, 1)));
    assertEquals("loss -1.8 = policy -2 + KL 0.25 + entropy -0.05 of 1 rows", result.toString());
    assertEquals("rho=1 A=2 INSIDE kl=0.5 loss=-1.75 w=1 g=-1.5", result.token(0, 0).toString());
    assertEquals("masked", result.token(0, 1).toString());
  }

  @Test
  void anotherCoefficientLeavesTheRestOfAPenaltyAsItIs() {
    KlPenalty penalty = KlPenalty.of(0.5, KlEstimator.K2).weightedByRatio().bounded(20, 10);
    assertEquals(new KlPenalty(0.1, KlEstimator.K2, true, 20, 10), penalty.withBeta(0.1));
    assertEquals(
        new KlInReward(0.1, KlEstimator.K3), new KlInReward(0.5, KlEstimator.K3).withBeta(0.1));
    Aggregation perRow = Aggregation.sequenceMeanTokenMean();
    assertEquals(new EntropyBonus(0.1, perRow), new EntropyBonus(0.5, perRow).withWeight(0.1));
  }
}
