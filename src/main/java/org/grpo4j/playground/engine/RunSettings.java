package org.grpo4j.playground.engine;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.reward.WeightedReward;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.ColdStart;
import org.grpo4j.train.ColdStartSettings;
import org.grpo4j.train.CriticSettings;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.LearningSetup;
import org.grpo4j.train.LossTokens;
import org.grpo4j.train.RewardScoring;
import org.grpo4j.train.WeightControllers;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;

/**
 * The settings of a run of the playground, as parts that are made.
 *
 * @param name what the run is called
 * @param taskName the task's name
 * @param task the task
 * @param model the sort of policy
 * @param seed of the run
 * @param coldStart supervised learning before the first update
 * @param train the numbers of the training loop
 * @param advantage how rewards become advantages; {@code GeneralizedAdvantage} with a critic
 * @param objective how advantages become a loss
 * @param critic the training of the critic; empty for GRPO and its relatives
 * @param reward the rules whose weighted sum is the reward
 */
public record RunSettings(
    String name,
    String taskName,
    TaskSource task,
    Catalogue.Model model,
    long seed,
    ColdStartSettings coldStart,
    GrpoSettings train,
    AdvantageEstimator advantage,
    GrpoObjective objective,
    Optional<Critic> critic,
    List<WeightedReward.Term> reward) {

  public RunSettings {
    reward = List.copyOf(reward);
    boolean needsCritic = advantage.need().equals(Optional.of(AdvantageEstimator.Need.CRITIC));
    if (needsCritic != critic.isPresent()) {
      throw new IllegalArgumentException(
          needsCritic
              ? "critic: is needed by this advantage, got none"
              : "critic: must be none, because this advantage does not look at one");
    }
  }

  /**
   * PPO's second model.
   *
   * @param isValueHead whether it is one more output of the policy instead of a network of its own
   * @param training how it is trained
   */
  public record Critic(boolean isValueHead, CriticSettings training) {}

  /** The random numbers of the run. */
  RandomStreams streams() {
    return new RandomStreams(seed);
  }

  /**
   * Checks that a run can go on with other settings.
   *
   * @throws IllegalArgumentException if it needs a new run
   */
  void requireSameRun(RunSettings other) {
    if (!other.taskName.equals(taskName) || other.model != model || other.seed != seed) {
      throw new IllegalArgumentException(
          "task, model and seed: must stay as they are within a run; begin a new one");
    }
    Optional<Boolean> wasHead = critic.map(Critic::isValueHead);
    Optional<Boolean> isHead = other.critic.map(Critic::isValueHead);
    boolean hasHead = wasHead.orElse(false) || isHead.orElse(false);
    if (hasHead && !wasHead.equals(isHead)) {
      throw new IllegalArgumentException(
          "critic: a value head is part of the policy and must stay as it is within a run; begin a"
              + " new one");
    }
  }

  TraceHeader header(Policy policy, int tracedGroups) {
    return new TraceHeader(
        TraceHeader.SCHEMA,
        name,
        seed,
        taskName,
        task.vocabulary().symbolList(),
        train.temperature(),
        train.groupSize(),
        train.promptsPerUpdate(),
        train.updates(),
        policy.parameterCount(),
        policy.parameterBlocks(),
        tracedGroups,
        0);
  }

  /** The policy before the first update. */
  Policy first(Workers workers) {
    Policy policy = model.create(task, streams(), workers);
    if (coldStart.steps() > 0) {
      ColdStartCorpus corpus = ColdStartCorpus.draw(task, coldStart.corpusSize(), streams());
      new ColdStart(policy, corpus, coldStart, streams(), step -> {}).run(() -> false);
    }
    return policy;
  }

  /** Everything that a trainer learns with; {@code byHand} may overrule the rules of the reward. */
  LearningSetup learning(Policy policy, RewardsByHand byHand, Workers workers) {
    double[] weights = reward.stream().mapToDouble(WeightedReward.Term::weight).toArray();
    return new LearningSetup(
        policy,
        rollouts(workers),
        scoring(byHand, workers),
        advantage.weighted(DoubleVector.of(weights)),
        objective,
        LossTokens.ALL,
        train,
        WeightControllers.NONE);
  }

  private SampledRollouts rollouts(Workers workers) {
    SamplingSettings sampling =
        new SamplingSettings(train.groupSize(), task.maxNewTokens(), train.temperature());
    return new SampledRollouts(
        new PromptSampler(task.trainingProblems(), streams()),
        new RolloutSampler(task.vocabulary(), sampling, streams(), workers),
        train.promptsPerUpdate());
  }

  private RewardScoring scoring(RewardsByHand byHand, Workers workers) {
    RewardScoring scoring = RewardScoring.of(byHand::score);
    return advantage.need().equals(Optional.of(AdvantageEstimator.Need.GREEDY_COMPLETION))
        ? scoring.withGreedyBaseline(greedy(workers))
        : scoring;
  }

  /** The rules of the reward. */
  RewardFunction rules() {
    return new WeightedReward(reward);
  }

  GreedyDecoder greedy(Workers workers) {
    return new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), workers);
  }
}
