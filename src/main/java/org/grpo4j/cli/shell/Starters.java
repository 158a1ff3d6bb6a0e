package org.grpo4j.cli.shell;

import java.util.Arrays;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.objective.SurrogateTerm;
import org.grpo4j.policy.TokenDistribution;

/**
 * The functions that are there when the shell starts: the library's classes with the arguments that
 * one prompt and a few completions need. None computes anything itself.
 */
public final class Starters {

  private static final ClippedSurrogate CLIP = ClippedSurrogate.symmetric(0.2);

  private Starters() {}

  /** The rewards {@code r_i} of the completions of one prompt, {@code [N]}. */
  public static DoubleVector rewards(double... rewards) {
    return DoubleVector.of(rewards);
  }

  /** GRPO's advantages (Eq. 3) of one group with these rewards, {@code [N]}. */
  public static Advantages groupAdvantages(double... rewards) {
    return groupAdvantages(rewards(rewards));
  }

  /** GRPO's advantages (Eq. 3) of one group with these rewards, {@code [N]}. */
  public static Advantages groupAdvantages(DoubleVector rewards) {
    return advantages(GroupRelativeAdvantage.standard(), rewards);
  }

  /**
   * The advantages that {@code estimator} gives to one group of completions of one token each.
   *
   * @param rewards {@code r_i}, {@code [N]}
   * @throws IllegalArgumentException if the estimator needs more than rewards
   */
  public static Advantages advantages(AdvantageEstimator estimator, DoubleVector rewards) {
    int[] oneToken = new int[rewards.size()];
    Arrays.fill(oneToken, 1);
    TokenTable mask = TokenTable.constant(oneToken, 1);
    return estimator.estimate(AdvantageInputs.of(rewards, oneGroup(mask), mask));
  }

  /** The explanation of the advantage of completion {@code row}, from 0, as a tree. */
  public static Explanation explain(Advantages advantages, int row) {
    return advantages.explain(row, 0);
  }

  /** The ratio {@code rho = exp(log pi - log pi_old)} of one token (Eq. 2). */
  public static double ratio(double logProb, double oldLogProb) {
    return Elementary.exp(logProb - oldLogProb);
  }

  /** The clipped surrogate (Eq. 4) of one token with range 0.2: loss and derivatives. */
  public static SurrogateTerm clipped(double ratio, double advantage) {
    return term(CLIP, ratio, advantage);
  }

  /** The term of one token under any surrogate that is a function of the ratio. */
  public static SurrogateTerm term(Surrogate surrogate, double ratio, double advantage) {
    return surrogate.term(Double.NaN, ratio, advantage);
  }

  /** The explanation of the loss of {@link #clipped}, as a tree. */
  public static Explanation explain(double ratio, double advantage) {
    return CLIP.explain(Double.NaN, ratio, advantage);
  }

  /** {@link KlEstimator#K1} of one token (Eq. 5). */
  public static double k1(double logProb, double referenceLogProb) {
    return KlEstimator.K1.value(logProb - referenceLogProb);
  }

  /** {@link KlEstimator#K2} of one token (Eq. 5). */
  public static double k2(double logProb, double referenceLogProb) {
    return KlEstimator.K2.value(logProb - referenceLogProb);
  }

  /** {@link KlEstimator#K3} of one token (Eq. 5), GRPO's. */
  public static double k3(double logProb, double referenceLogProb) {
    return KlEstimator.K3.value(logProb - referenceLogProb);
  }

  /**
   * The weights {@code w_it} (Eq. 6) of one group of completions of these lengths.
   *
   * @param lengths {@code T_i}, {@code [N]}
   */
  public static TokenTable weights(Aggregation aggregation, int... lengths) {
    TokenTable mask = TokenTable.constant(lengths, 1);
    return aggregation.weights(mask, oneGroup(mask));
  }

  /** The distribution of one token with these logits, at temperature 1. */
  public static TokenDistribution softmax(double... logits) {
    return TokenDistribution.of(logits, 1);
  }

  /**
   * The way from a token's coefficient to the logits, {@code dL/dz} (Eq. 8), {@code [V]}.
   *
   * @param chosen the token that was drawn, from 0
   * @param g {@code dL/dlog p} of that token
   */
  public static DoubleVector lossByLogits(TokenDistribution policy, int chosen, double g) {
    double[] byLogits = new double[policy.size()];
    policy.lossByLogits(chosen, g, 0, byLogits);
    return DoubleVector.of(byLogits);
  }

  private static RowGroups oneGroup(TokenTable mask) {
    return RowGroups.of(new int[mask.rows()]);
  }
}
