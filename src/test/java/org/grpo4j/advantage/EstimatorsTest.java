package org.grpo4j.advantage;

import static org.grpo4j.math.ExplanationAssertions.assertExplains;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Property;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** What holds for every estimator, and how they hang together. */
class EstimatorsTest {

  @Test
  void everyAdvantageExplainsItselfToTheLastBit() {
    Property.forAll(
        random -> {
          AdvantageInputs inputs = EstimatorExamples.inputs(random);
          for (AdvantageEstimator estimator : EstimatorExamples.all()) {
            Advantages advantages = estimator.estimate(inputs);
            for (int i = 0; i < inputs.rows(); i++) {
              for (int t = 0; t < inputs.mask().length(i); t++) {
                assertExplains(advantages.perToken().get(i, t), advantages.explain(i, t));
              }
            }
          }
        });
  }

  @Test
  void maskedTokensHaveNoAdvantageAndSayWhy() {
    Property.forAll(
        random -> {
          AdvantageInputs inputs = EstimatorExamples.inputs(random);
          for (AdvantageEstimator estimator : EstimatorExamples.all()) {
            Advantages advantages = estimator.estimate(inputs);
            for (int i = 0; i < inputs.rows(); i++) {
              for (int t = 0; t < inputs.mask().length(i); t++) {
                if (inputs.mask().get(i, t) == 0) {
                  assertEquals(0, advantages.perToken().get(i, t));
                  assertTrue(advantages.explain(i, t).description().contains("masked"));
                }
              }
            }
          }
        });
  }

  /** Rows without a token in the loss, such as truncated ones, move no mean and no deviation. */
  @Test
  void whiteningIsOverWhatTakesPartInTheLossAndNothingElse() {
    Whitening sample = Whitening.addedToDeviation(0);
    GroupRelativeAdvantage parts = GroupRelativeAdvantage.standard();
    Property.forAll(
        random -> {
          AdvantageInputs inputs = EstimatorExamples.inputs(random);
          for (AdvantageEstimator perToken :
              List.of(
                  new ReinforcePlusPlusAdvantage(0.9, sample),
                  new WhitenedGroupBaselineAdvantage(sample),
                  new GeneralizedAdvantage(0.9, 0.8, Optional.of(sample)))) {
            Moments whitened =
                Moments.ofMasked(perToken.estimate(inputs).perToken(), inputs.mask());
            assertWhite(whitened);
          }
          for (AdvantageEstimator perRow :
              List.of(
                  new LeaveOneOutAdvantage(Optional.of(sample)),
                  new NormalizeThenSum(DoubleVector.of(1, 0.5), parts, sample))) {
            double[] rows = perRow(perRow, inputs).toArray();
            for (int i = 0; i < rows.length; i++) {
              rows[i] = Masks.count(inputs.mask().row(i)) == 0 ? Double.NaN : rows[i];
            }
            assertWhite(Moments.ofPresent(rows));
          }
        });
  }

  private static void assertWhite(Moments moments) {
    if (!moments.allEqual()) {
      assertEquals(0, moments.mean(), 1e-12);
      assertEquals(1, moments.sampleStandardDeviation(), 1e-12);
    }
  }

  /** 0.1 + 0.2 - 0.3 is rounding, not a reward: no division may blow it up. */
  @Test
  void whatCancelsUpToRoundingIsEqual() {
    DoubleVector weights = DoubleVector.of(1, 1, 1);
    TokenTable parts =
        TokenTable.of(new double[][] {{0.1, 0.2, -0.3}, {0, 0, 0}, {0.3, -0.1, -0.2}});
    AdvantageInputs inputs = rewards(3, 0, 0, 0).withRewardParts(parts);
    AdvantageEstimator summed =
        new SumThenNormalize(
            weights,
            new GroupRelativeAdvantage(RewardScale.GROUP, Deviation.SAMPLE, 0, SingletonRule.ZERO));
    assertEquals(DoubleVector.of(0, 0, 0), perRow(summed, inputs));
    assertEquals(Optional.of(true), summed.isDead(inputs, 0));

    TokenTable opposite = TokenTable.of(new double[][] {{0.1, 0.7}, {0.7, 0.1}, {0.1, 0.7}});
    AdvantageEstimator whitened =
        new NormalizeThenSum(
            DoubleVector.of(1, 1),
            GroupRelativeAdvantage.standard(),
            Whitening.addedToDeviation(0));
    assertEquals(
        DoubleVector.of(0, 0, 0), perRow(whitened, rewards(3, 0, 0, 0).withRewardParts(opposite)));
  }

  /** {@code G/(G-1)} times the centred reward is the leave-one-out advantage. */
  @Test
  void leaveOneOutIsTheCentredRewardTimesGOverGMinusOne() {
    Property.forAll(
        random -> {
          AdvantageInputs inputs = EstimatorExamples.inputs(random);
          DoubleVector centred = perRow(GroupRelativeAdvantage.scaledBy(RewardScale.NONE), inputs);
          DoubleVector leaveOneOut = perRow(new LeaveOneOutAdvantage(), inputs);
          for (int i = 0; i < inputs.rows(); i++) {
            double size = inputs.groups().size(inputs.groups().groupOf(i));
            assertEquals(centred.get(i) * size / (size - 1), leaveOneOut.get(i), 1e-14);
          }
        });
  }

  @Test
  void theExampleOfLeaveOneOut() {
    assertEquals(
        DoubleVector.of(1, -0.5, -0.5), perRow(new LeaveOneOutAdvantage(), rewards(3, 1, 0, 0)));
    assertEquals(
        DoubleVector.of(0, 0, 0),
        perRow(new LeaveOneOutAdvantage(), rewards(3, 1, Double.NaN, Double.NaN)));
  }

  /** Computed, a reward minus the mean of two others that equal it need not be 0. */
  @Test
  void leaveOneOutInAGroupOfEqualRewardsIsExactlyNothing() {
    assertEquals(
        DoubleVector.of(0, 0, 0), perRow(new LeaveOneOutAdvantage(), rewards(3, 0.1, 0.1, 0.1)));
    double[] equal = new double[7];
    Arrays.fill(equal, 0.1);
    assertEquals(
        DoubleVector.constant(7, 0), perRow(new LeaveOneOutAdvantage(), rewards(7, equal)));
  }

  /** A missing reward stays missing until after the whitening. */
  @Test
  void aMissingRewardTakesNoPartInTheWhiteningOfLeaveOneOut() {
    LeaveOneOutAdvantage whitened =
        new LeaveOneOutAdvantage(
            Optional.of(
                new Whitening(Deviation.POPULATION, 0, EpsilonPlacement.ADDED_TO_DEVIATION)));
    double nan = Double.NaN;
    assertEquals(
        DoubleVector.of(1, -1, 0, 0),
        perRow(whitened, withGroups(new int[] {0, 0, 1, 1}, 1, 0, nan, nan)));
  }

  /** With lambda and gamma 1 the advantage is what is still to come, minus the critic's value. */
  @Test
  void generalizedAdvantageAtLambdaOneIsReturnMinusValue() {
    Property.forAll(
        random -> {
          AdvantageInputs inputs = EstimatorExamples.inputs(random);
          AdvantageInputs ended =
              inputs.withBootstrapValues(DoubleVector.constant(inputs.rows(), 0));
          TokenTable rewards = inputs.tokenRewards().orElseThrow();
          TokenTable values = inputs.values().orElseThrow();
          TokenTable advantages =
              new GeneralizedAdvantage(1, 1, Optional.empty()).estimate(ended).perToken();
          TokenTable returns = TokenReturns.of(rewards, inputs.mask(), 1);
          for (int i = 0; i < inputs.rows(); i++) {
            for (int t = 0; t < inputs.mask().length(i); t++) {
              if (inputs.mask().get(i, t) != 0) {
                assertEquals(returns.get(i, t) - values.get(i, t), advantages.get(i, t), 1e-13);
              }
            }
          }
        });
  }

  /** A hole is skipped: the figures are those of a published comparison of implementations. */
  @Test
  void generalizedAdvantageSkipsAHole() {
    AdvantageInputs inputs =
        AdvantageInputs.of(
                DoubleVector.of(0),
                RowGroups.consecutive(1, 1),
                TokenTable.of(new double[][] {{1, 0, 1}}))
            .withTokenRewards(TokenTable.of(new double[][] {{0, 0, 1}}))
            .withValues(TokenTable.of(new double[][] {{.5, 9, .25}}));
    TokenTable returns =
        new GeneralizedAdvantage(0.9, 0.8, Optional.empty())
            .estimate(inputs)
            .returns()
            .orElseThrow();
    assertEquals(0.765, returns.get(0, 0), 1e-12);
  }

  /** One step that ends at the last token is outcome supervision. */
  @Test
  void processSupervisionWithOneStepIsOutcomeSupervision() {
    Property.forAll(
        random -> {
          AdvantageInputs inputs = EstimatorExamples.inputs(random);
          double[][] rewards = new double[inputs.rows()][];
          double[][] ends = new double[inputs.rows()][];
          for (int i = 0; i < rewards.length; i++) {
            rewards[i] = new double[] {inputs.rewards().get(i)};
            ends[i] = new double[] {inputs.mask().length(i) - 1};
          }
          StepRewards steps = new StepRewards(TokenTable.of(rewards), TokenTable.of(ends));
          assertEquals(
              GroupRelativeAdvantage.standard().estimate(inputs).perToken(),
              new ProcessSupervisionAdvantage(Deviation.SAMPLE, 1e-4)
                  .estimate(inputs.withSteps(steps))
                  .perToken());
        });
  }

  @Test
  void severalRewardsOfWhichOneIsAllMatterAsThatOne() {
    Property.forAll(
        random -> {
          AdvantageInputs inputs = EstimatorExamples.inputs(random);
          double[][] parts = new double[inputs.rows()][];
          for (int i = 0; i < parts.length; i++) {
            parts[i] = new double[] {inputs.rewards().get(i), Double.NaN};
          }
          AdvantageInputs withParts = inputs.withRewardParts(TokenTable.of(parts));
          assertEquals(
              perRow(GroupRelativeAdvantage.standard(), inputs),
              perRow(
                  new SumThenNormalize(DoubleVector.of(1, 5), GroupRelativeAdvantage.standard()),
                  withParts));
        });
  }

  @Test
  void whitenedNumbersHaveMeanZeroAndDeviationOne() {
    TokenTable table = TokenTable.of(new double[][] {{1, 2, 99}, {4, 8}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 0}, {1, 1}});
    Whitening exact = new Whitening(Deviation.SAMPLE, 0, EpsilonPlacement.ADDED_TO_VARIANCE);
    TokenTable whitened = exact.apply(table, mask);
    Moments moments = Moments.ofMasked(whitened, mask);
    assertEquals(0, moments.mean(), 1e-15);
    assertEquals(1, moments.sampleStandardDeviation(), 1e-15);
    assertEquals(0, whitened.get(0, 2));
    assertEquals(
        DoubleVector.of(0, 0, 0), exact.apply(DoubleVector.of(2, Double.NaN, 2)), "equal numbers");
  }

  @Test
  void whiteningExplainsWhatItDid() {
    Explanation x = Explanation.of(3, "x", "three");
    assertEquals("(3 - 2) / sqrt(2 + 0)", filled(EpsilonPlacement.ADDED_TO_VARIANCE, 0, x));
    assertEquals("(3 - 2) / (1.414 + 0.5)", filled(EpsilonPlacement.ADDED_TO_DEVIATION, 0.5, x));
    assertEquals("(3 - 2) / sqrt(max(2, 1))", filled(EpsilonPlacement.FLOOR_OF_VARIANCE, 1, x));
    Explanation equal = Whitening.standard().explain(x, Moments.of(3, 3));
    assertEquals("A, whitened: 0, because all are equal", equal.text());
  }

  private static String filled(EpsilonPlacement placement, double epsilon, Explanation x) {
    Whitening whitening = new Whitening(Deviation.SAMPLE, epsilon, placement);
    Explanation whitened = whitening.explain(x, Moments.of(1, 3));
    assertExplains(whitened.value(), whitened);
    return whitened.text().split(" = ")[2].replace(", whitened", "");
  }

  @Test
  void dynamicSamplingRules() {
    Moments same = Moments.of(0.5, 0.5);
    Moments mixed = Moments.of(0, 1);
    assertFalse(new GroupFilter.RewardsDiffer(1).keeps(same));
    assertTrue(new GroupFilter.RewardsDiffer(1).keeps(mixed));
    assertTrue(new GroupFilter.MeanInOpenRange(0, 1, 1).keeps(same));
    assertFalse(new GroupFilter.MeanInOpenRange(0, 1, 1).keeps(Moments.of(1, 1)));
    assertFalse(new GroupFilter.MeanInOpenRange(0, 1, 1).keeps(Moments.of(0, 0)));
    assertThrows(IllegalArgumentException.class, () -> new GroupFilter.MeanInOpenRange(1, 1, 1));
  }

  @Test
  void onlyTheBestOfAGroupLearnsByItsDistanceFromTheSecond() {
    BestOfGroupAdvantage plain = new BestOfGroupAdvantage(false, 0);
    double nan = Double.NaN;
    assertEquals(DoubleVector.of(0, 0.5, 0), perRow(plain, rewards(3, 0.5, 1, 0)));
    assertEquals(DoubleVector.of(0, 0, 2), perRow(plain, rewards(3, nan, -1, 1)));
    assertEquals(DoubleVector.of(0, 0, 0), perRow(plain, rewards(3, 1, 0, 1)));
    assertEquals(DoubleVector.of(0, 0, 0), perRow(plain, rewards(3, nan, 1, nan)));
    assertEquals(DoubleVector.of(0, 1, 0, 0), perRow(plain, rewards(2, 0, 1, 1, 1)));
    BestOfGroupAdvantage divided = new BestOfGroupAdvantage(true, 0.5);
    double deviation = Math.sqrt(1.0 / 3);
    assertEquals(1 / (deviation + 0.5), perRow(divided, rewards(3, 0, 1, 0)).get(1), 1e-15);
    assertEquals(Optional.of(true), plain.isDead(rewards(3, 1, 0, 1), 0));
    assertEquals(Optional.of(false), plain.isDead(rewards(3, 1, 0, 0), 0));
    assertEquals(Optional.empty(), plain.isDead(rewards(1, 1), 0));
    assertTrue(plain.explain(rewards(3, 1, 0, 0), 1, 0).description().contains("not the one best"));
    assertTrue(plain.explain(rewards(3, 1, 1, 0), 0, 0).description().contains("not the one best"));
    assertEquals(
        "A = r - r_second = 1 - 0.5, advantage", plain.explain(rewards(2, 1, 0.5), 0, 0).text());
    assertThrows(IllegalArgumentException.class, () -> new BestOfGroupAdvantage(true, -1));
    assertThrows(IllegalArgumentException.class, () -> new BestOfGroupAdvantage(true, 1.5));
    new BestOfGroupAdvantage(true, 1);
  }

  /** Norms 1, 2 and 3 of the first tokens, 4 and 5 of the second; the third row is shorter. */
  @Test
  void theBaselineOfAPositionIsAWeightedMean() {
    AdvantageInputs inputs =
        AdvantageInputs.of(
                DoubleVector.of(1, 0, 2),
                RowGroups.of(0, 0, 0),
                TokenTable.of(new double[][] {{1, 1, 1}, {1, 1}, {1}}))
            .withScoreNorms(TokenTable.of(new double[][] {{1, 4, 1}, {2, 5}, {3}}));
    double first = (1 * 1 + 3 * 2) / 6.0;
    double second = 5.0 / 12;
    assertTable(
        new double[][] {{1 - first, 1 - second, 1}, {-first, -second}, {2 - first}},
        new OptimalTokenBaseline(false, true).estimate(inputs));
    assertTable(
        new double[][] {{1 - 6.0 / 5, 1, 1}, {-7.0 / 4, -1}, {2 - 1.0 / 3}},
        new OptimalTokenBaseline(true, true).estimate(inputs));
    assertTable(
        new double[][] {{1 - first, 1 - 4.0 / 9, 1}, {-first, -4.0 / 9}, {2 - first}},
        new OptimalTokenBaseline(false, false).estimate(inputs));
    AdvantageInputs still =
        inputs.withScoreNorms(TokenTable.of(new double[][] {{0, 0, 0}, {0, 0}, {0}}));
    assertTable(
        new double[][] {{1, 1, 1}, {0, 0}, {2}},
        new OptimalTokenBaseline(false, true).estimate(still));
    assertEquals(
        "scoreNorms: needed by OTB, not given",
        assertThrows(
                IllegalArgumentException.class,
                () -> new OptimalTokenBaseline(false, true).estimate(rewards(2, 1, 0)))
            .getMessage());
  }

  /** Neither a missing reward nor a masked token has a part in a baseline. */
  @Test
  void whatDoesNotCountHasNoPartInABaselineByPosition() {
    AdvantageInputs inputs =
        AdvantageInputs.of(
                DoubleVector.of(1, 0, Double.NaN),
                RowGroups.of(0, 0, 0),
                TokenTable.of(new double[][] {{1, 1}, {0, 1}, {1, 1}}))
            .withScoreNorms(TokenTable.of(new double[][] {{1, 1}, {8, 2}, {9, 9}}));
    Advantages advantages = new OptimalTokenBaseline(false, true).estimate(inputs);
    assertTable(new double[][] {{1, 0.5}, {0, -0.5}, {0, 0}}, advantages);
    assertTrue(advantages.explain(2, 0).description().contains("reward is missing"));
    assertEquals(2, advantages.explain(1, 1).parts().get(1).parts().get(0).value());
    assertEquals(Optional.of(false), advantages.isDead(0));
  }

  private static void assertTable(double[][] expected, Advantages advantages) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], advantages.perToken().row(i).toArray(), 1e-15, "row " + i);
    }
  }

  @Test
  void bestOfGroupIsTheFirstOfTheHighest() {
    assertArrayEquals(
        new int[] {1, 5},
        BestOfGroup.rows(DoubleVector.of(0, 1, 1, Double.NaN, -1, 2), RowGroups.consecutive(6, 3)));
    assertArrayEquals(
        new int[] {0}, BestOfGroup.rows(DoubleVector.of(Double.NaN), RowGroups.consecutive(1, 1)));
  }

  private static AdvantageInputs withGroups(int[] groups, double... rewards) {
    AdvantageInputs inputs = rewards(rewards.length, rewards);
    return AdvantageInputs.of(inputs.rewards(), RowGroups.of(groups), inputs.mask());
  }

  private static AdvantageInputs rewards(int groupSize, double... rewards) {
    int[] lengths = new int[rewards.length];
    Arrays.fill(lengths, 1);
    return AdvantageInputs.of(
        DoubleVector.of(rewards),
        RowGroups.consecutive(rewards.length, groupSize),
        TokenTable.constant(lengths, 1));
  }

  private static DoubleVector perRow(AdvantageEstimator estimator, AdvantageInputs inputs) {
    return estimator.estimate(inputs).perRow().orElseThrow();
  }
}
