package org.grpo4j.train;

import java.util.OptionalDouble;
import org.grpo4j.math.Require;
import org.grpo4j.objective.AdaptiveEntropyWeight;
import org.grpo4j.objective.AdaptiveKlWeight;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlInReward;

/**
 * The weights of loss terms as {@link WeightControllers} have moved them so far: {@code beta} of
 * the KL penalty (Eq. 56) and {@code alpha} of the entropy bonus (Eq. 57). They change between
 * updates, never within one, and are steered by what the update's metrics {@code kl} and {@code
 * entropy} say.
 */
final class AdaptiveWeights {

  private final WeightControllers controllers;
  private final GrpoObjective configured;
  private final RewardScoring configuredRewards;
  private double beta;
  private double alpha;
  private OptionalDouble entropy = OptionalDouble.empty();

  /** Begins with the weights of the objective, or of the KL penalty in the reward. */
  AdaptiveWeights(LearningSetup setup) {
    this.controllers = setup.controllers();
    this.configured = setup.objective();
    this.configuredRewards = setup.rewardScoring();
    this.beta =
        configured.klPenalty().beta() > 0
            ? configured.klPenalty().beta()
            : configuredRewards.klInReward().map(KlInReward::beta).orElse(0.0);
    this.alpha = configured.entropyBonus().weight();
    Require.that(
        controllers.kl().isEmpty() || beta > 0,
        "controllers",
        "without one of the KL divergence if there is no penalty to move",
        controllers);
  }

  /** Whether a KL divergence from a reference policy is part of the loss or the reward. */
  boolean needsReference() {
    return configured.klPenalty().usesReference() || configuredRewards.usesLogProbs();
  }

  /** The objective with the weights of this update. */
  GrpoObjective objective() {
    return acting().applyTo(configured);
  }

  /** The rewards with the weight of this update. */
  RewardScoring rewards() {
    boolean adaptive = controllers.kl().isPresent() && configuredRewards.usesLogProbs();
    return adaptive
        ? configuredRewards.withKl(configuredRewards.klInReward().orElseThrow().withBeta(beta))
        : configuredRewards;
  }

  /** The weights that act in this update, where a controller moves them. */
  UpdateTrace.Weights acting() {
    OptionalDouble acting =
        controllers.kl().isPresent() ? OptionalDouble.of(beta) : OptionalDouble.empty();
    return new UpdateTrace.Weights(acting, actingAlpha());
  }

  private OptionalDouble actingAlpha() {
    return controllers.entropy().isPresent()
        ? OptionalDouble.of(controllers.entropy().get().applied(alpha, entropy))
        : OptionalDouble.empty();
  }

  /** To be called after every update; an update without a token that counts moves nothing. */
  void learn(UpdateTrace trace) {
    if (controllers.kl().isPresent()) {
      AdaptiveKlWeight controller = controllers.kl().get();
      double kl = UpdateMetrics.pooled(trace).kl();
      beta = Double.isFinite(kl) ? controller.next(beta, kl, trace.rewards().size()) : beta;
      FiniteCheck.of(trace.rollout()).number("next weight of the KL penalty", beta);
    }
    if (controllers.entropy().isPresent()) {
      AdaptiveEntropyWeight controller = controllers.entropy().get();
      double mean = UpdateMetrics.pooled(trace).entropy();
      if (Double.isFinite(mean)) {
        alpha = controller.next(alpha, mean);
        entropy = OptionalDouble.of(mean);
        FiniteCheck.of(trace.rollout()).number("next weight of the entropy bonus", alpha);
      }
    }
  }

  /** The state to resume from, with the parts of the reference policy and the one that samples. */
  TrainerState state(ReferencePolicy reference, SamplingPolicy sampling) {
    return new TrainerState(
        reference.state(),
        sampling.state(),
        controllers.kl().isPresent() ? OptionalDouble.of(beta) : OptionalDouble.empty(),
        controllers.entropy().isPresent() ? OptionalDouble.of(alpha) : OptionalDouble.empty(),
        entropy);
  }

  /** Continues from {@code state}, as far as there are controllers. */
  void restore(TrainerState state) {
    if (controllers.kl().isPresent()) {
      beta = state.klWeight().orElse(beta);
    }
    if (controllers.entropy().isPresent()) {
      alpha = state.entropyWeight().orElse(alpha);
      entropy = state.entropy();
    }
  }
}
