package org.grpo4j.proof;

import static org.grpo4j.proof.Vectors.assertSame;
import static org.grpo4j.proof.Vectors.minus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.policy.EnumeratedCompletion;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Value and gradient of every place the divergence can have, by summing over all completions,
 * against the true divergences. With completions of one token these are statements about a token;
 * with longer ones they say what each placement leaves out.
 */
class DivergenceTest {

  private static final double EXACT = 1e-12;

  private record Setting(
      ExactWorld policy, ExactWorld reference, ExactWorld old, Divergences truth) {
    static Setting ofLength(int maxNewTokens) {
      ExactWorld policy = Worlds.random(maxNewTokens, 0.8, 1);
      ExactWorld reference = Worlds.random(maxNewTokens, 0.8, 2);
      ExactWorld old = Worlds.random(maxNewTokens, 0.8, 3);
      return new Setting(policy, reference, old, new Divergences(policy, reference));
    }

    double value(KlPlacement placement) {
      return placement.value(policy, policy, reference);
    }

    double[] gradient(KlPlacement placement) {
      return placement.gradient(policy, policy, reference);
    }

    double[] offPolicyGradient(KlPlacement placement) {
      return placement.gradient(old, policy, reference);
    }
  }

  @Test
  void theTrueGradientIsTheSlopeOfTheDivergence() {
    Setting at = Setting.ofLength(3);
    TabularPolicy policy = at.policy().policy();
    double[] parameters = policy.parameters().toArray();
    double[] slopes = new double[parameters.length];
    double h = 1e-5;
    for (int k = 0; k < slopes.length; k++) {
      double[] moved = parameters.clone();
      moved[k] = parameters[k] + h;
      policy.setParameters(DoubleVector.of(moved));
      double above = divergence(at);
      moved[k] = parameters[k] - h;
      policy.setParameters(DoubleVector.of(moved));
      slopes[k] = (above - divergence(at)) / (2 * h);
    }
    policy.setParameters(DoubleVector.of(parameters));
    assertSame(slopes, at.truth().gradientOfReverse(), 1e-9, "gradient of KL(pi || ref)");
  }

  private static double divergence(Setting at) {
    TokenSequence prompt = at.policy().rows().get(0).sequence().prompt();
    double temperature = at.policy().temperature();
    List<EnumeratedCompletion> ours = at.policy().policy().enumerate(prompt, temperature);
    List<EnumeratedCompletion> theirs = at.reference().policy().enumerate(prompt, temperature);
    double divergence = 0;
    for (int y = 0; y < ours.size(); y++) {
      double difference = ours.get(y).logProbability() - theirs.get(y).logProbability();
      divergence += ours.get(y).probability() * difference;
    }
    return divergence;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void k1AndK3HaveTheRightValueWhereverTheyStand(int maxNewTokens) {
    Setting at = Setting.ofLength(maxNewTokens);
    double truth = at.truth().reverse();
    for (KlEstimator estimator : List.of(KlEstimator.K1, KlEstimator.K3)) {
      for (KlPlacement placement : everywhere(estimator)) {
        assertEquals(truth, at.value(placement), EXACT * truth, placement.name());
      }
    }
    double k2 = at.value(KlPlacement.inLoss(KlEstimator.K2));
    assertTrue(Math.abs(k2 / truth - 1) > 0.01, "k2 is biased: " + k2 / truth);
  }

  private static List<KlPlacement> everywhere(KlEstimator estimator) {
    return List.of(
        KlPlacement.inLoss(estimator),
        KlPlacement.inLossTimesRatio(estimator, new RatioLevel.TokenRatio()),
        KlPlacement.inLossTimesRatio(estimator, new RatioLevel.SequenceProductRatio()),
        KlPlacement.inReward(estimator));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void inTheLossK1DoesNothingK2PullsBackAndK3PullsForward(int maxNewTokens) {
    Setting at = Setting.ofLength(maxNewTokens);
    double[] reverse = at.truth().gradientOfReverseByPrefix(at.policy());
    double[] forward = at.truth().gradientOfForwardByPrefix(at.policy());
    double[] k1 = at.gradient(KlPlacement.inLoss(KlEstimator.K1));
    assertEquals(0, Vectors.norm(k1), EXACT * Vectors.norm(reverse));
    assertSame(reverse, at.gradient(KlPlacement.inLoss(KlEstimator.K2)), EXACT, "k2");
    assertSame(forward, at.gradient(KlPlacement.inLoss(KlEstimator.K3)), EXACT, "k3");
    assertSame(
        reverse,
        at.gradient(KlPlacement.inLoss(KlEstimator.K3_STRAIGHT_THROUGH)),
        EXACT,
        "k3 straight through");
    assertTrue(Vectors.cosine(reverse, forward) < 0.999, "the two directions differ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void timesTheTokenRatioItPullsBackAlsoOffPolicy(int maxNewTokens) {
    Setting at = Setting.ofLength(maxNewTokens);
    double[] onPolicy = at.truth().gradientOfReverseByPrefix(at.policy());
    double[] offPolicy = at.truth().gradientOfReverseByPrefix(at.old());
    for (KlEstimator estimator : List.of(KlEstimator.K1, KlEstimator.K3)) {
      KlPlacement placement = KlPlacement.inLossTimesRatio(estimator, new RatioLevel.TokenRatio());
      assertSame(onPolicy, at.gradient(placement), EXACT, placement.name());
      assertSame(offPolicy, at.offPolicyGradient(placement), EXACT, placement + ", off-policy");
    }
    double[] k2 = at.offPolicyGradient(KlPlacement.inLoss(KlEstimator.K2));
    assertTrue(Vectors.cosine(offPolicy, k2) < 0.999, "k2 without ratio needs its own samples");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void timesTheProductOfRatiosItIsTheWholeGradientAlsoOffPolicy(int maxNewTokens) {
    Setting at = Setting.ofLength(maxNewTokens);
    double[] truth = at.truth().gradientOfReverse();
    for (KlEstimator estimator : List.of(KlEstimator.K1, KlEstimator.K3)) {
      KlPlacement placement =
          KlPlacement.inLossTimesRatio(estimator, new RatioLevel.SequenceProductRatio());
      assertSame(truth, at.gradient(placement), EXACT, placement.name());
      assertSame(truth, at.offPolicyGradient(placement), EXACT, placement + ", off-policy");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void inTheRewardK1IsTheWholeGradientAndK3IsNot(int maxNewTokens) {
    Setting at = Setting.ofLength(maxNewTokens);
    double[] truth = at.truth().gradientOfReverse();
    double[] forward = at.truth().gradientOfForwardByPrefix(at.policy());
    assertSame(truth, at.gradient(KlPlacement.inReward(KlEstimator.K1)), EXACT, "k1");
    assertSame(
        minus(truth, forward), at.gradient(KlPlacement.inReward(KlEstimator.K3)), EXACT, "k3");
  }

  /** A loss acts on its own token; only a reward, or a ratio of the whole row, reaches others. */
  @Test
  void forOneTokenTheGradientByPrefixIsTheWholeOneForThreeItIsNot() {
    Setting one = Setting.ofLength(1);
    double[] truth = one.truth().gradientOfReverse();
    assertSame(truth, one.truth().gradientOfReverseByPrefix(one.policy()), EXACT, "one token");
    Setting three = Setting.ofLength(3);
    double cosine =
        Vectors.cosine(
            three.truth().gradientOfReverse(),
            three.truth().gradientOfReverseByPrefix(three.policy()));
    assertTrue(cosine < 0.999, "cosine " + cosine);
  }
}
