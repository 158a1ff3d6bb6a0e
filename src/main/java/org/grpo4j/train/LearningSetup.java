package org.grpo4j.train;

import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.sampling.RolloutCollector;

/**
 * Everything a trainer learns with, whatever the algorithm: the policy, and a choice in each of the
 * columns.
 *
 * @param policy {@code pi_theta}, usually after a cold start; the trainer takes it over
 * @param rollouts asks questions and samples completions; its temperature is the one of all
 *     log-probabilities
 * @param rewardScoring {@code r}
 * @param advantageEstimator the group-relative one for GRPO, the generalised one for PPO
 * @param objective surrogate, ratio level, aggregation and KL term
 * @param lossTokens which tokens take part in the loss
 * @param settings the numbers of the training loop
 * @param sampler the policy that completions are drawn from
 * @param teaching reference policies from elsewhere
 * @param controllers what moves the weights of loss terms between updates
 */
public record LearningSetup(
    Policy policy,
    RolloutCollector rollouts,
    RewardScoring rewardScoring,
    AdvantageEstimator advantageEstimator,
    GrpoObjective objective,
    LossTokens lossTokens,
    GrpoSettings settings,
    Sampler sampler,
    Teaching teaching,
    WeightControllers controllers) {

  /** Without policies other than the one that learns and its copy. */
  public LearningSetup(
      Policy policy,
      RolloutCollector rollouts,
      RewardScoring rewardScoring,
      AdvantageEstimator advantageEstimator,
      GrpoObjective objective,
      LossTokens lossTokens,
      GrpoSettings settings,
      WeightControllers controllers) {
    this(
        policy,
        rollouts,
        rewardScoring,
        advantageEstimator,
        objective,
        lossTokens,
        settings,
        Sampler.LEARNER,
        Teaching.NONE,
        controllers);
  }
}
