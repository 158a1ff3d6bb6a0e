package org.grpo4j.objective;

import static org.grpo4j.math.ExplanationAssertions.assertExplains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Property;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** What must hold between objectives, and between an objective and itself. */
class ObjectiveIdentitiesTest {

  @Test
  void everyCoefficientAndLossExplainsItselfToTheLastBit() {
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = ObjectiveExamples.inputs(random);
          for (GrpoObjective objective : ObjectiveExamples.all()) {
            ObjectiveResult result = objective.evaluate(inputs);
            for (int i = 0; i < inputs.rows(); i++) {
              for (int t = 0; t < inputs.mask().length(i); t++) {
                assertExplains(result.lossByLogProb().get(i, t), result.explain(i, t));
                assertExplains(result.perTokenLoss().get(i, t), result.explainLoss(i, t));
              }
            }
          }
        });
  }

  /** In the first step on a batch nothing has moved: ratio exactly 1, nothing clipped. */
  @Test
  void onPolicyEveryRatioIsOneAndNothingIsClipped() {
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = onPolicy(ObjectiveExamples.inputs(random));
          for (RatioLevel level : ObjectiveExamples.ratioLevels()) {
            for (double epsilon : new double[] {0, 0.2}) {
              ObjectiveResult result =
                  GrpoObjective.of(
                          ClippedSurrogate.symmetric(epsilon),
                          level,
                          Aggregation.sequenceMeanTokenMean())
                      .evaluate(inputs);
              for (List<TokenTerm> row : result.terms()) {
                for (TokenTerm term : row) {
                  assertTrue(!term.counts() || term.ratio() == 1, term::toString);
                }
              }
              assertEquals(0, result.metrics().clipRegion());
              assertEquals(0, result.metrics().approxKlK3());
            }
          }
        });
  }

  /** On-policy and with the same weights, the methods differ in nothing but the advantage. */
  @Test
  void onPolicyAllSurrogatesHaveTheSameGradient() {
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = onPolicy(ObjectiveExamples.inputs(random));
          TokenTable reinforce =
              gradient(new ReinforceSurrogate(), new RatioLevel.TokenRatio(), inputs);
          for (Surrogate surrogate : ObjectiveExamples.surrogates()) {
            assertClose(
                reinforce, gradient(surrogate, new RatioLevel.TokenRatio(), inputs), surrogate);
          }
        });
  }

  /** DeepSeekMath eq. 21: the coefficient is {@code A + beta (pi_ref / pi - 1)}. */
  @Test
  void onPolicyTheCoefficientIsThatOfThePaper() {
    double beta = 0.04;
    GrpoObjective objective = GrpoObjective.standard().withKl(KlPenalty.of(beta, KlEstimator.K3));
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = onPolicy(ObjectiveExamples.inputs(random));
          TokenTable reference = inputs.referenceLogProbs().orElseThrow();
          ObjectiveInputs plain =
              ObjectiveInputs.of(
                      inputs.logProbs(),
                      inputs.oldLogProbs(),
                      inputs.advantages(),
                      inputs.mask(),
                      inputs.groups())
                  .withReference(reference);
          ObjectiveResult result = objective.evaluate(plain);
          for (int i = 0; i < inputs.rows(); i++) {
            for (int t = 0; t < inputs.mask().length(i); t++) {
              TokenTerm term = result.token(i, t);
              if (term.counts()) {
                double referenceOverPolicy = Math.exp(reference.get(i, t) - term.logProb());
                double paper = term.advantage() + beta * (referenceOverPolicy - 1);
                assertEquals(-paper, term.lossByLogProb() / term.weight(), 1e-13);
              }
            }
          }
        });
  }

  /** A constant weight on {@code -A log pi} is what CISPO and VESPO are. */
  @Test
  void stoppedWeightsAreReinforceWithThatWeight() {
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = ObjectiveExamples.inputs(random);
          for (Surrogate surrogate :
              List.of(new CispoSurrogate(0.8, 1.3), new VespoSurrogate(2, 3, 3, 2))) {
            for (RatioLevel level : ObjectiveExamples.ratioLevels()) {
              GrpoObjective objective =
                  GrpoObjective.of(surrogate, level, new Aggregation.TokenMean());
              ObjectiveResult result = objective.evaluate(inputs);
              double[][] weights = inputs.importanceWeights().orElseThrow().toArrays();
              for (int i = 0; i < weights.length; i++) {
                for (int t = 0; t < weights[i].length; t++) {
                  TokenTerm term = result.token(i, t);
                  weights[i][t] *=
                      term.counts() ? surrogate.stopWeight(term.ratio(), term.advantage()) : 1;
                }
              }
              ObjectiveInputs weighted = inputs.withImportanceWeights(TokenTable.of(weights));
              ObjectiveResult reinforce =
                  GrpoObjective.of(new ReinforceSurrogate(), level, new Aggregation.TokenMean())
                      .evaluate(weighted);
              assertEquals(reinforce.loss(), result.loss(), 1e-12);
              assertClose(reinforce.lossByLogProb(), result.lossByLogProb(), objective);
            }
          }
        });
  }

  @Test
  void gspoTokenIsGspoWhenARowHasOneAdvantage() {
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = withRowAdvantages(ObjectiveExamples.inputs(random));
          ClippedSurrogate clip = ClippedSurrogate.symmetric(0.2);
          assertClose(
              gradient(clip, new RatioLevel.SequenceRatio(), inputs),
              gradient(clip, new RatioLevel.GspoTokenRatio(), inputs),
              "GSPO");
        });
  }

  @Test
  void straightThroughHasTheValueOfK3AndTheSlopeOfK2() {
    for (double x : new double[] {-1, -0.1, 0, 0.3, 2}) {
      KlEstimator estimator = KlEstimator.K3_STRAIGHT_THROUGH;
      assertEquals(KlEstimator.K3.value(x), estimator.value(x));
      assertEquals(KlEstimator.K2.derivative(x), estimator.derivative(x));
    }
  }

  @Test
  void twoSidedWithDeltaIsDualClipWithC() {
    ClippedSurrogate clip = new ClippedSurrogate(0.2, 0.28);
    TwoSidedSurrogate twoSided = new TwoSidedSurrogate(clip, 3);
    DualClipSurrogate dual = new DualClipSurrogate(clip, 3);
    Property.forAll(
        random -> {
          double ratio = 5 * random.nextDouble();
          double advantage = Property.around(random, 2);
          SurrogateTerm a = twoSided.term(-1, ratio, advantage);
          SurrogateTerm b = dual.term(-1, ratio, advantage);
          assertEquals(a.loss(), b.loss());
          assertEquals(a.lossByLogRatio() + 0.0, b.lossByLogRatio() + 0.0);
          assertEquals(a.branch(), b.branch());
        });
  }

  /** What stands under the mask may even be infinite. */
  @Test
  void maskedPositionsInfluenceNothing() {
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = ObjectiveExamples.inputs(random);
          ObjectiveInputs spoiled =
              new ObjectiveInputs(
                  spoil(inputs.logProbs(), inputs.mask(), Double.NEGATIVE_INFINITY),
                  spoil(inputs.oldLogProbs(), inputs.mask(), Double.NaN),
                  spoil(inputs.advantages(), inputs.mask(), Double.NaN),
                  inputs.mask(),
                  inputs.groups(),
                  inputs.referenceLogProbs().map(t -> spoil(t, inputs.mask(), Double.NaN)),
                  inputs.importanceWeights().map(t -> spoil(t, inputs.mask(), Double.NaN)),
                  inputs.tokenWeights(),
                  inputs.entropies().map(t -> spoil(t, inputs.mask(), Double.NaN)),
                  inputs.klWeights().map(t -> spoil(t, inputs.mask(), Double.NaN)));
          for (GrpoObjective objective : ObjectiveExamples.all()) {
            ObjectiveResult clean = objective.evaluate(inputs);
            ObjectiveResult dirty = objective.evaluate(spoiled);
            assertEquals(clean.loss(), dirty.loss(), objective.toString());
            assertEquals(clean.lossByLogProb(), dirty.lossByLogProb());
            assertEquals(clean.metrics(), dirty.metrics());
          }
        });
  }

  /** Parts of a batch add up to the batch if they divide by the tokens of the whole. */
  @Test
  void microBatchesAddUpToTheBatch() {
    Property.forAll(
        random -> {
          ObjectiveInputs inputs = ObjectiveExamples.inputs(random);
          double tokens = Math.max(1, Masks.count(inputs.mask()));
          GrpoObjective whole =
              GrpoObjective.of(
                  ClippedSurrogate.symmetric(0.2),
                  new RatioLevel.TokenRatio(),
                  new Aggregation.TokenMean());
          GrpoObjective part =
              GrpoObjective.of(
                  ClippedSurrogate.symmetric(0.2),
                  new RatioLevel.TokenRatio(),
                  new Aggregation.SumNorm(tokens));
          ObjectiveResult all = whole.evaluate(inputs);
          ObjectiveResult first = part.evaluate(inputs.select(List.of(0, 1, 2)));
          ObjectiveResult second = part.evaluate(inputs.select(List.of(3)));
          assertEquals(all.loss(), first.loss() + second.loss(), 1e-14);
          List<DoubleVector> rows = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            rows.add(first.lossByLogProb().row(i));
          }
          rows.add(second.lossByLogProb().row(0));
          assertEquals(all.lossByLogProb(), TokenTable.of(rows));
        });
  }

  private static ObjectiveInputs onPolicy(ObjectiveInputs inputs) {
    return ObjectiveInputs.of(
            inputs.logProbs(),
            inputs.logProbs(),
            inputs.advantages(),
            inputs.mask(),
            inputs.groups())
        .withReference(inputs.referenceLogProbs().orElseThrow())
        .withImportanceWeights(inputs.importanceWeights().orElseThrow());
  }

  private static ObjectiveInputs withRowAdvantages(ObjectiveInputs inputs) {
    double[] perRow = new double[inputs.rows()];
    for (int i = 0; i < perRow.length; i++) {
      perRow[i] = inputs.advantages().get(i, 0);
    }
    return ObjectiveInputs.of(
        inputs.logProbs(),
        inputs.oldLogProbs(),
        Masks.spread(DoubleVector.of(perRow), inputs.mask()),
        inputs.mask(),
        inputs.groups());
  }

  private static TokenTable spoil(TokenTable table, TokenTable mask, double with) {
    double[][] spoiled = table.toArrays();
    for (int i = 0; i < spoiled.length; i++) {
      for (int t = 0; t < spoiled[i].length; t++) {
        spoiled[i][t] = mask.get(i, t) == 0 ? with : spoiled[i][t];
      }
    }
    return TokenTable.of(spoiled);
  }

  private static TokenTable gradient(
      Surrogate surrogate, RatioLevel level, ObjectiveInputs inputs) {
    return GrpoObjective.of(surrogate, level, Aggregation.sequenceMeanTokenMean())
        .evaluate(inputs)
        .lossByLogProb();
  }

  private static void assertClose(TokenTable expected, TokenTable actual, Object what) {
    for (int i = 0; i < expected.rows(); i++) {
      for (int t = 0; t < expected.length(i); t++) {
        double tolerance = 1e-12 * Math.max(1, Math.abs(expected.get(i, t)));
        assertEquals(expected.get(i, t), actual.get(i, t), tolerance, what.toString());
      }
    }
  }
}
