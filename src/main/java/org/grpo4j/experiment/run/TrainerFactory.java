package org.grpo4j.experiment.run;

import java.util.Optional;
import java.util.function.Supplier;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GroupFilter;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.LearningSetup;
import org.grpo4j.train.PpoTrainer;
import org.grpo4j.train.RewardScoring;
import org.grpo4j.train.StepScoring;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainerState;
import org.grpo4j.train.sampling.DynamicSampling;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutCollector;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;

/** A factory of the trainer that a configuration describes. */
public final class TrainerFactory {

  private final ExperimentConfig config;
  private final TaskSource task;
  private final RandomStreams streams;
  private final boolean forcedLength;

  /**
   * @param forcedLength whether every completion has the full length, for timing
   */
  public TrainerFactory(
      ExperimentConfig config, TaskSource task, RandomStreams streams, boolean forcedLength) {
    this.config = config;
    this.task = task;
    this.streams = streams;
    this.forcedLength = forcedLength;
  }

  /** The trainer of {@code policy}, with a fresh optimiser and a new critic. */
  public Trainer trainer(Policy policy, Workers workers) {
    return trainer(
        policy,
        () -> config.critic().create(policy, streams.runSeed(), workers),
        workers,
        Optional.empty());
  }

  /**
   * The trainer that goes on where one has stopped.
   *
   * @param policy with its optimiser
   * @param critic with its optimiser; not asked for without a critic
   * @param state what the trainer carried
   */
  public Trainer resume(
      Policy policy, Supplier<Critic> critic, TrainerState state, Workers workers) {
    return trainer(policy, critic, workers, Optional.of(state));
  }

  private Trainer trainer(
      Policy policy, Supplier<Critic> critic, Workers workers, Optional<TrainerState> resumed) {
    GrpoSettings train = config.train();
    SamplingSettings sampling =
        new SamplingSettings(
            train.groupSize(), task.maxNewTokens(), train.temperature(), forcedLength);
    PromptSampler prompts = new PromptSampler(task.trainingProblems(), streams);
    RolloutSampler sampler = new RolloutSampler(task.vocabulary(), sampling, streams, workers);
    RolloutCollector rollouts = rollouts(prompts, sampler);
    AdvantageEstimator estimator = config.advantage().weighted(config.reward().weights());
    LearningSetup setup =
        new LearningSetup(
            policy,
            rollouts,
            rewards(workers),
            estimator,
            config.objective().objective(),
            config.objective().lossTokens(),
            train,
            config.objective().controllers());
    return config.critic().isPresent()
        ? new PpoTrainer(setup, critic.get(), config.critic().settings(train), streams, resumed)
        : new GrpoTrainer(setup, streams, resumed);
  }

  private RolloutCollector rollouts(PromptSampler prompts, RolloutSampler sampler) {
    int count = config.train().promptsPerUpdate();
    Optional<GroupFilter> filter = config.dynamicSampling();
    return filter.isPresent()
        ? new DynamicSampling(
            prompts,
            sampler,
            count,
            config.reward().function(task),
            filter.get(),
            filter.get().maxRounds())
        : new SampledRollouts(prompts, sampler, count);
  }

  private RewardScoring rewards(Workers workers) {
    RewardScoring rewards = RewardScoring.of(config.reward().function(task));
    Optional<KlInReward> kl = config.objective().kl().inReward();
    if (kl.isPresent()) {
      rewards = rewards.withKl(kl.get());
    }
    Optional<AdvantageEstimator.Need> need = config.advantage().need();
    if (need.equals(Optional.of(AdvantageEstimator.Need.STEP_REWARDS))) {
      rewards = rewards.withSteps(new StepScoring(task));
    }
    return need.equals(Optional.of(AdvantageEstimator.Need.GREEDY_COMPLETION))
        ? rewards.withGreedyBaseline(
            new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), workers))
        : rewards;
  }
}
