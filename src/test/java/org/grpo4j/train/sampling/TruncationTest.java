package org.grpo4j.train.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.TokenDistribution;
import org.grpo4j.policy.Workers;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.KeptTokens;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncationTest {

  private static final double STEP = 1e-5;

  private final TabularPolicy policy = TinyPolicies.letters(3);

  /** Probabilities 0.4, 0.1, 0.4, 0.1: of equal ones the lower id comes first. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, '{0, 1, 2, 3}'",
    "1, 1, '{0}'",
    "2, 1, '{0, 2}'",
    "3, 1, '{0, 1, 2}'",
    "9, 1, '{0, 1, 2, 3}'",
    "0, 0.4, '{0}'",
    "0, 0.41, '{0, 2}'",
    "0, 0.81, '{0, 1, 2}'",
    "0, 1e-9, '{0}'",
    "2, 0.5, '{0}'",
    "2, 0.51, '{0, 2}'"
  })
  void theMostProbableSymbolsAreLeft(int topK, double topP, String left) {
    double[] logits = {Math.log(4), 0, Math.log(4), 0};
    TokenDistribution distribution = TokenDistribution.of(logits, 1);
    BitSet found = distribution.leave(topK, topP);
    assertEquals(left, found.toString());
    double sum = 0;
    for (int j = 0; j < 4; j++) {
      sum += distribution.probability(j);
      assertEquals(found.get(j), distribution.probability(j) > 0);
    }
    assertEquals(1, sum, 1e-15);
  }

  @Test
  void limitsOutsideTheirRangeAreRefusedAndThoseAtItsEndsDoNothing() {
    assertThrows(IllegalArgumentException.class, () -> new Truncation(-1, 1, true, 0));
    assertThrows(IllegalArgumentException.class, () -> new Truncation(0, 0, true, 0));
    assertThrows(IllegalArgumentException.class, () -> new Truncation(0, 1.01, true, 0));
    assertThrows(IllegalArgumentException.class, () -> new Truncation(0, 1, true, -1));
    assertFalse(Truncation.NONE.acts());
    assertTrue(new Truncation(1, 1, true, 0).acts());
    assertTrue(new Truncation(0, 0.99, true, 0).acts());
    assertEquals(9, Truncation.NONE.length(9));
    assertEquals(4, new Truncation(0, 1, true, 4).length(9));
  }

  @Test
  void keptTokensAreEqualIfTheyAreAndAreScoredTheSame() {
    DoubleVector mass = DoubleVector.of(0.9, 0.5);
    KeptTokens kept = new KeptTokens(List.of(ids(1, 4), ids(2)), mass, true);
    KeptTokens same = new KeptTokens(List.of(ids(1, 4), ids(2)), mass, true);
    assertEquals(same, kept);
    assertEquals(same.hashCode(), kept.hashCode());
    assertNotEquals(new KeptTokens(List.of(ids(1, 3), ids(2)), mass, true), kept);
    assertNotEquals(new KeptTokens(List.of(ids(1, 4), ids(2)), mass, false), kept);
    DoubleVector other = DoubleVector.of(0.9, 0.4);
    KeptTokens otherMass = new KeptTokens(List.of(ids(1, 4), ids(2)), other, true);
    assertNotEquals(otherMass, kept);
    assertNotEquals(otherMass.hashCode(), kept.hashCode());
    assertEquals("[{1, 4}, {2}]", kept.toString());
    assertEquals(2, kept.count(0));
    DoubleVector one = DoubleVector.of(1);
    assertThrows(
        IllegalArgumentException.class, () -> new KeptTokens(List.of(ids(1), ids(2)), one, true));
  }

  private static BitSet ids(int... ids) {
    BitSet set = new BitSet();
    for (int id : ids) {
      set.set(id);
    }
    return set;
  }

  @Test
  void aLearnerWithTheSameSymbolsHasTheSamplersLogProbabilitiesAndOneWithAllHasNot() {
    RolloutBatch kept = sampled(new Truncation(2, 0.9, true, 0));
    RolloutBatch all = sampled(new Truncation(2, 0.9, false, 0));
    assertEquals(tokens(kept), tokens(all), "what is drawn does not depend on who scores it");
    TokenTable scored = policy.logProbs(kept.sequences(), 1).table();
    TokenTable overAll = policy.logProbs(all.sequences(), 1).table();
    boolean differs = false;
    for (int i = 0; i < scored.rows(); i++) {
      Completion completion = kept.completions().get(i);
      KeptTokens symbols = completion.kept().orElseThrow();
      for (int t = 0; t < completion.length(); t++) {
        double sampler = completion.samplerLogProbs().get(t);
        assertEquals(sampler, scored.get(i, t), "ratio 1 to the last bit");
        double outside = Math.log(symbols.mass().get(t));
        assertEquals(sampler + outside, overAll.get(i, t), 1e-12, "wrong by what is left out");
        assertTrue(symbols.count(t) <= 2);
        differs |= outside < -0.01;
      }
    }
    assertTrue(differs);
  }

  /** All completions of one token, exactly: what is expected of the gradient is that of J. */
  @Test
  void theExpectedGradientIsThatOfTheTruncatedPolicyOnlyOverItsSymbols() {
    double[] rewards = {0, 1, 0.2, 3};
    BitSet left = new BitSet();
    left.set(1, 4);
    DoubleVector kept = expectedGradient(rewards, left, true);
    DoubleVector all = expectedGradient(rewards, left, false);
    DoubleVector start = policy.parameters();
    double difference = 0;
    for (int i = 0; i < start.size(); i++) {
      double up = expectedReward(rewards, left, start, i, STEP);
      double down = expectedReward(rewards, left, start, i, -STEP);
      double exact = (up - down) / (2 * STEP);
      assertEquals(exact, kept.get(i), 1e-8 + 1e-6 * Math.abs(exact));
      difference += Math.abs(exact - all.get(i));
    }
    assertTrue(difference > 0.01, "over all symbols it is another gradient: " + difference);
  }

  private double expectedReward(
      double[] rewards, BitSet left, DoubleVector start, int parameter, double step) {
    double[] moved = start.toArray();
    moved[parameter] += step;
    policy.setParameters(DoubleVector.of(moved));
    double expected = 0;
    for (int o = left.nextSetBit(0); o >= 0; o = left.nextSetBit(o + 1)) {
      expected += rewards[o] * Math.exp(logProb(row(o, left, true)));
    }
    policy.setParameters(start);
    return expected;
  }

  /** The sum over the symbols of q times r times the gradient of log pi. */
  private DoubleVector expectedGradient(double[] rewards, BitSet left, boolean isScoredOver) {
    List<Sequence> rows = new ArrayList<>();
    List<DoubleVector> coefficients = new ArrayList<>();
    for (int o = left.nextSetBit(0); o >= 0; o = left.nextSetBit(o + 1)) {
      rows.add(row(o, left, isScoredOver));
      coefficients.add(DoubleVector.of(rewards[o] * Math.exp(logProb(row(o, left, true)))));
    }
    try (ForwardPass forward = policy.forward(rows, 1)) {
      TokenTable table = TokenTable.of(coefficients);
      return forward.gradientOf(table, table.times(0));
    }
  }

  private double logProb(Sequence row) {
    return policy.logProbs(List.of(row), 1).table().get(0, 0);
  }

  private static Sequence row(int symbol, BitSet left, boolean isScoredOver) {
    KeptTokens kept = new KeptTokens(List.of(left), DoubleVector.of(1), isScoredOver);
    TokenSequence drawn = TokenSequence.of(symbol);
    return new Sequence(
        TinyPolicies.PROMPTS.get(0), drawn, Optional.of(kept).filter(KeptTokens::isScoredOver));
  }

  private RolloutBatch sampled(Truncation truncation) {
    SamplingSettings settings =
        new SamplingSettings(40, TinyPolicies.MAX_NEW_TOKENS, 1, false, truncation);
    RolloutSampler sampler =
        new RolloutSampler(TinyPolicies.LETTERS, settings, new RandomStreams(5), new Workers(1));
    return sampler.sample(policy, List.of(new Problem("a", "")), 0);
  }

  private static List<TokenSequence> tokens(RolloutBatch batch) {
    return batch.completions().stream().map(Completion::tokens).toList();
  }
}
