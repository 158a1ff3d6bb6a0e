package org.grpo4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GroupFilter;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.SubnetworkConfig;
import org.grpo4j.experiment.TeacherConfig;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.LearningSetup;
import org.grpo4j.train.PpoTrainer;
import org.grpo4j.train.RewardScoring;
import org.grpo4j.train.StepScoring;
import org.grpo4j.train.Teaching;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainerState;
import org.grpo4j.train.sampling.DynamicSampling;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutCollector;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;
import org.grpo4j.train.sampling.Truncation;

/**
 * A factory of the trainer that a configuration describes.
 *
 * @param setup the configuration, and what its parts are made with
 * @param forcedLength whether every completion has the full length, for timing
 */
public record TrainerFactory(RunSetup setup, boolean forcedLength) {

  /** The trainer of {@code policy}, with a fresh optimiser and a new critic. */
  public Trainer trainer(Policy policy) {
    Supplier<Critic> critic =
        () -> setup.config().critic().create(policy, setup.streams().runSeed(), setup.workers());
    return trainer(policy, critic, Optional.empty());
  }

  /**
   * The trainer that continues where one has stopped.
   *
   * @param policy with its optimiser
   * @param critic with its optimiser; not asked for without a critic
   * @param state what the trainer carried
   */
  public Trainer resume(Policy policy, Supplier<Critic> critic, TrainerState state) {
    return trainer(policy, critic, Optional.of(state));
  }

  private Trainer trainer(Policy policy, Supplier<Critic> critic, Optional<TrainerState> resumed) {
    ExperimentConfig config = setup.config();
    freeze(policy);
    LearningSetup learning =
        new LearningSetup(
            policy,
            rollouts(),
            rewards(),
            config.advantage().weighted(config.reward().weights()),
            config.objective().objective(),
            config.objective().lossTokens(),
            config.train(),
            config.sampler(),
            teaching(),
            config.objective().controllers());
    return config.critic().isPresent()
        ? new PpoTrainer(
            learning,
            critic.get(),
            config.critic().settings(config.train()),
            setup.streams(),
            resumed)
        : new GrpoTrainer(learning, setup.streams(), resumed);
  }

  /** Leaves the parameters beside the subnetwork as they are. */
  private void freeze(Policy policy) {
    SubnetworkConfig subnetwork = setup.config().subnetwork();
    subnetwork
        .source()
        .map(run -> setup.inputs().change(run, policy, setup.workers()))
        .ifPresent(change -> policy.freeze(subnetwork.frozen(change, setup.streams())));
  }

  private Teaching teaching() {
    List<Teaching.Teacher> teachers = new ArrayList<>();
    for (TeacherConfig teacher : setup.config().teachers()) {
      teachers.add(
          new Teaching.Teacher(teacher.label(), setup.inputs().policy(teacher.run(), setup)));
    }
    return new Teaching(teachers, setup.config().objective().kl().exact());
  }

  private RolloutCollector rollouts() {
    TaskSource task = setup.task();
    GrpoSettings train = setup.config().train();
    Truncation truncation = setup.config().truncation();
    SamplingSettings sampling =
        new SamplingSettings(
            train.groupSize(),
            truncation.length(task.maxNewTokens()),
            train.temperature(),
            forcedLength,
            truncation);
    PromptSampler prompts = new PromptSampler(task.trainingProblems(), setup.streams());
    RolloutSampler sampler =
        new RolloutSampler(task.vocabulary(), sampling, setup.streams(), setup.workers());
    Optional<GroupFilter> filter = setup.config().dynamicSampling();
    return filter.isPresent()
        ? new DynamicSampling(
            prompts,
            sampler,
            train.promptsPerUpdate(),
            setup.config().reward().function(task),
            filter.get(),
            filter.get().maxRounds())
        : new SampledRollouts(prompts, sampler, train.promptsPerUpdate());
  }

  private RewardScoring rewards() {
    ExperimentConfig config = setup.config();
    TaskSource task = setup.task();
    RewardScoring rewards = RewardScoring.of(config.reward().function(task));
    Optional<KlInReward> kl = config.objective().kl().inReward();
    if (kl.isPresent()) {
      rewards = rewards.withKl(kl.get());
    }
    Optional<AdvantageEstimator.Need> need = config.advantage().need();
    if (need.equals(Optional.of(AdvantageEstimator.Need.STEP_REWARDS))) {
      rewards = rewards.withSteps(new StepScoring(task));
    }
    if (need.equals(Optional.of(AdvantageEstimator.Need.SCORE_NORMS))) {
      rewards = rewards.withScoreNorms(config.train().temperature());
    }
    return need.equals(Optional.of(AdvantageEstimator.Need.GREEDY_COMPLETION))
        ? rewards.withGreedyBaseline(
            new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), setup.workers()))
        : rewards;
  }
}
