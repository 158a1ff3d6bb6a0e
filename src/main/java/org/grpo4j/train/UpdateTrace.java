package org.grpo4j.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.DeadGroups;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.ValueLossResult;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.reward.CorrectnessReward;
import org.grpo4j.reward.Reward;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.train.inspection.Inspection;

/**
 * Everything one update computed, in the order in which it was computed: who was sampled, what was
 * rewarded, the advantages, and every optimiser step with each token's ratio, clip branch and
 * coefficient. Rows are the completions in the order of {@link RolloutBatch}.
 *
 * @param rollout the sampled groups; stamped with the version of the policy that sampled them
 * @param sampled what was sampled for them, groups that were dropped included
 * @param rewards the reward of each row, {@code [N]}
 * @param advantages the advantage of each row or token
 * @param oldVersion the version of the old policy
 * @param reference the reference policy's part, if the objective uses one
 * @param weights those of loss terms that controllers move, as they were in this update
 * @param drift the distance of the learner from the policy that sampled, if they are two
 * @param steps the optimiser steps, {@code mu} times the mini-batches
 * @param inspection what the update did to some of its completions, if an inspector looked
 * @param seconds where the time went
 */
public record UpdateTrace(
    RolloutBatch rollout,
    Sampled sampled,
    List<Reward> rewards,
    Advantages advantages,
    long oldVersion,
    Optional<Reference> reference,
    Weights weights,
    Optional<SamplerDrift> drift,
    List<OptimizerStep> steps,
    Optional<Inspection> inspection,
    Seconds seconds) {

  public UpdateTrace {
    rewards = List.copyOf(rewards);
    steps = List.copyOf(steps);
  }

  /** The groups that teach nothing; empty if nothing is compared within a group. */
  public Optional<DeadGroups> deadGroups() {
    return DeadGroups.of(advantages, correctness());
  }

  /** The part of the reward that knows right from wrong, if there is one, {@code [N]}. */
  private Optional<DoubleVector> correctness() {
    double[] correctness = new double[rewards.size()];
    for (int row = 0; row < correctness.length; row++) {
      OptionalDouble ofRow = rewards.get(row).part(CorrectnessReward.NAME);
      if (ofRow.isEmpty()) {
        return Optional.empty();
      }
      correctness[row] = ofRow.getAsDouble();
    }
    return Optional.of(DoubleVector.of(correctness));
  }

  /** The update's number, from 0. */
  public int update() {
    return rollout.update();
  }

  /**
   * The amount that an update sampled.
   *
   * @param completions number of completions
   * @param tokens their tokens
   */
  public record Sampled(long completions, long tokens) {

    /** Nothing yet. */
    public static final Sampled NONE = new Sampled(0, 0);

    /** These and what another update sampled. */
    public Sampled plus(Sampled more) {
      return new Sampled(completions + more.completions, tokens + more.tokens);
    }
  }

  /**
   * The reference policy's part.
   *
   * @param version its version
   * @param logProbs {@code log pi_ref} of each token, {@code [N][T_i]}
   */
  public record Reference(long version, TokenTable logProbs) {}

  /**
   * The weights of loss terms that {@link WeightControllers} move, as they acted in this update;
   * empty where none does. Those of the objective are in {@link OptimizerStep#objective} too.
   *
   * @param kl {@code beta}, of the penalty in the loss or in the reward
   * @param entropy {@code alpha}, 0 in an update in which the bonus does not act
   */
  public record Weights(OptionalDouble kl, OptionalDouble entropy) {

    /** The configured objective with the weights that acted. */
    public GrpoObjective applyTo(GrpoObjective configured) {
      GrpoObjective objective = configured;
      if (kl.isPresent() && configured.klPenalty().beta() > 0) {
        objective = objective.withKl(configured.klPenalty().withBeta(kl.getAsDouble()));
      }
      if (entropy.isPresent()) {
        EntropyBonus bonus = configured.entropyBonus().withWeight(entropy.getAsDouble());
        objective = objective.withEntropyBonus(bonus);
      }
      return objective;
    }
  }

  /**
   * One optimiser step.
   *
   * @param innerEpoch the pass over the completions, from 0
   * @param rows the rows of its mini-batch, in the order of the result's tables
   * @param objective the loss with every intermediate number
   * @param value the critic's part, if there is a critic
   * @param learningRate of the step
   * @param gradient norm, clip factor and the version it led to
   */
  public record OptimizerStep(
      int innerEpoch,
      List<Integer> rows,
      ObjectiveResult objective,
      Optional<ValueStep> value,
      double learningRate,
      GradientStep gradient) {

    public OptimizerStep {
      rows = List.copyOf(rows);
    }

    /** The step of a policy without a critic. */
    public OptimizerStep(
        int innerEpoch,
        List<Integer> rows,
        ObjectiveResult objective,
        double learningRate,
        GradientStep gradient) {
      this(innerEpoch, rows, objective, Optional.empty(), learningRate, gradient);
    }

    /** The same with the critic's part. */
    OptimizerStep with(ValueStep ofCritic) {
      return new OptimizerStep(
          innerEpoch, rows, objective, Optional.of(ofCritic), learningRate, gradient);
    }
  }

  /**
   * The critic's part of an optimiser step.
   *
   * @param loss its loss, not multiplied by the value coefficient
   * @param gradient the step of a critic of its own; empty for a value head, which moves with the
   *     policy
   */
  public record ValueStep(ValueLossResult loss, Optional<GradientStep> gradient) {}

  /**
   * Wall-clock seconds by phase.
   *
   * @param rollout sampling the completions
   * @param advantages rewards, advantages and the log-probabilities of old and reference policy
   * @param optimize the inner loop: forward, loss, backward, optimiser
   * @param inspect looking at what it did
   */
  public record Seconds(double rollout, double advantages, double optimize, double inspect) {
    /** The whole update. */
    public double total() {
      return rollout + advantages + optimize + inspect;
    }
  }
}
