package org.grpo4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.ValueLossResult;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.ValuePass;
import org.grpo4j.reward.Reward;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.train.inspection.Inspection;
import org.grpo4j.train.inspection.InspectionSession;
import org.grpo4j.train.inspection.UpdateInspector;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutCollector;
import org.grpo4j.train.sampling.RolloutSampler;

/**
 * Proximal Policy Optimization for language models: {@link GrpoTrainer} with a critic. The diff of
 * the two files, imports and comments aside, is the critic and nothing else: 29 lines in place of 5
 * for the values that advantages are measured against, a second loss, and a second optimiser.
 *
 * <pre>
 *  1  policy  pi_theta, critic  V_phi                  the constructor's
 *  2  for each iteration
 *  3    reference  pi_ref ← pi_theta                   {@link ReferencePolicy}
 *  4    for each step
 *  5      sample a batch of questions                  {@link PromptSampler}
 *  6      pi_old ← pi_theta, V_old ← V_phi             both rest until line 11
 *  7      sample G outputs of each from pi_old         {@link RolloutSampler}; usually G = 1
 *  8      reward every output                          {@link RewardScoring}
 *  9      value every token, generalised advantages    {@link GeneralizedAdvantage}
 * 10      mu times
 * 11        maximise the objective, fit the values     {@link #optimize}
 * 12    (the reward is a rule; there is no reward model to train)
 * </pre>
 *
 * <p>Of The 37 Implementation Details of PPO (Huang et al. 2022) these matter here and are
 * settings: generalised advantage estimation, the clipped surrogate, the overall loss with entropy
 * bonus, clipping of the value loss ({@link org.grpo4j.objective.ValueLoss}, off in the recipes),
 * mini-batch updates from a fresh shuffle of all rows, global gradient clipping, shared or separate
 * networks ({@link Critic}), Adam's epsilon and the learning-rate schedule. Two are done otherwise:
 * advantages are normalised over the whole batch, not per mini-batch, and the network keeps its own
 * initialisation. A truncated completion is not bootstrapped: as in TRL, verl and OpenRLHF its
 * value after the last token is 0. An update is not stopped early at a KL target (the {@code
 * target_kl} of Spinning Up and CleanRL): all {@code mu} epochs are done.
 *
 * <p>The mathematics is elsewhere: in the advantage estimator (Eq. 37), the objective (Eq. 1, 2 and
 * 4 to 7) and the value loss (Eq. 55). This class says only what happens when. Everything it
 * computes is in the {@link UpdateTrace} it returns.
 */
public final class PpoTrainer implements Trainer {

  private final Policy policy;
  private final Critic critic;
  private final RolloutCollector rollouts;
  private final AdvantageEstimator advantageEstimator;
  private final LossTokens lossTokens;
  private final GrpoSettings settings;
  private final CriticSettings criticSettings;
  private final MiniBatches miniBatches;
  private final ReferencePolicy reference;
  private final SamplingPolicy sampling;
  private final AdaptiveWeights weights;

  /**
   * Takes over the policy of {@code setup}, and {@code critic}.
   *
   * @param setup its estimator gives returns and needs no group: the critic is the baseline
   * @param critic {@code V_phi}, usually started from the policy's trunk
   * @param random of the run
   * @param resumed where to continue: policy and critic then keep their optimisers; empty to begin
   *     with fresh ones
   */
  public PpoTrainer(
      LearningSetup setup,
      Critic critic,
      CriticSettings criticSettings,
      RandomStreams random,
      Optional<TrainerState> resumed) {
    this.policy = setup.policy();
    this.critic = critic;
    this.rollouts = setup.rollouts();
    this.advantageEstimator = setup.advantageEstimator();
    this.lossTokens = setup.lossTokens();
    this.settings = setup.settings();
    this.criticSettings = criticSettings;
    this.miniBatches = new MiniBatches(settings.miniBatches(), random);
    this.weights = new AdaptiveWeights(setup);
    this.reference = new ReferencePolicy(setup, weights.needsReference());
    this.sampling = new SamplingPolicy(setup);
    if (resumed.isPresent()) {
      reference.restore(resumed.get().reference());
      weights.restore(resumed.get());
      sampling.restore(resumed.get().recent());
    } else {
      policy.resetOptimizer(settings.optimizerSettings());
      critic.resetOptimizer(criticSettings.adam());
    }
  }

  @Override
  public UpdateTrace update(int update, UpdateInspector inspector) {
    Stopwatch watch = new Stopwatch();

    reference.refresh(update); // line 3
    GrpoObjective objective = weights.objective();
    RewardScoring rewardScoring = weights.rewards();
    long oldVersion = sampling.refresh(); // line 6
    RolloutCollector.Collected collected =
        rollouts.collect(sampling.policy(), update); // lines 5 and 7
    RolloutBatch rollout = collected.rollout();
    double rolloutSeconds = watch.lap();

    List<Reward> rewards = rewardScoring.rewards(rollout); // line 8
    Optional<TokenTable> oldLogProbs =
        sampling
            .oldLogProbs(rollout, rollouts.temperature())
            .or(() -> oldLogProbs(rollout, rewardScoring));
    Optional<UpdateTrace.Reference> referenceLogProbs =
        reference.logProbs(rollout, rollouts.temperature());
    AdvantageInputs inputs =
        rewardScoring.advantageInputs(
            policy, rollout, rewards, oldLogProbs, referenceLogProbs, lossTokens.mask(rollout));
    TokenTable oldValues = critic.values(rollout.sequences()); // line 9
    Advantages advantages = advantageEstimator.estimate(inputs.withValues(oldValues)); // line 9
    double advantageSeconds = watch.lap();

    LearningBatch batch =
        LearningBatch.of(rollout, advantages, oldLogProbs, referenceLogProbs, lossTokens);
    InspectionSession inspection =
        inspector.begin(policy, rollout, advantages, rollouts.temperature());
    List<UpdateTrace.OptimizerStep> steps = new ArrayList<>();
    for (int epoch = 0; epoch < settings.innerEpochs(); epoch++) { // line 10
      for (MiniBatch part : miniBatches.of(rewards.size(), update, epoch)) {
        steps.add(optimize(objective, batch, part, inspection)); // line 11
      }
    }
    Optional<Inspection> seen = inspection.finish();
    double optimizeSeconds = watch.lap() - inspection.seconds();

    UpdateTrace trace =
        new UpdateTrace(
            rollout,
            new UpdateTrace.Sampled(collected.sampledCompletions(), collected.sampledTokens()),
            rewards,
            advantages,
            oldVersion,
            referenceLogProbs,
            weights.acting(),
            sampling.drift(),
            steps,
            seen,
            new UpdateTrace.Seconds(
                rolloutSeconds, advantageSeconds, optimizeSeconds, inspection.seconds()));
    weights.learn(trace);
    return trace;
  }

  @Override
  public Optional<Critic> critic() {
    return Optional.of(critic);
  }

  @Override
  public TrainerState state() {
    return weights.state(reference, sampling);
  }

  /**
   * {@code log pi_old}. With a single optimiser step the policy is still {@code pi_old} when line
   * 11 scores it, so that forward pass gives these numbers as well and the ratio is 1 to the last
   * bit.
   */
  private Optional<TokenTable> oldLogProbs(RolloutBatch rollout, RewardScoring rewardScoring) {
    if (settings.optimizerStepsPerUpdate() == 1 && !rewardScoring.usesLogProbs()) {
      return Optional.empty();
    }
    return Optional.of(policy.logProbs(rollout.sequences(), rollouts.temperature()).table());
  }

  /** Line 11: one optimiser step on the completions of {@code part}. */
  private UpdateTrace.OptimizerStep optimize(
      GrpoObjective objective, LearningBatch batch, MiniBatch part, InspectionSession inspection) {
    FiniteCheck finite = batch.finite().in(part);
    List<Integer> rows = part.rows();
    double learningRate = settings.learningRate().at(part.update());
    double criticRate = criticSettings.learningRate().at(part.update());
    List<Sequence> sequences = batch.sequences(rows);
    try (ForwardPass forward = sampling.forward(sequences, rows, rollouts.temperature());
        ValuePass valueForward = critic.forward(sequences, forward)) {
      ObjectiveInputs inputs = batch.objectiveInputs(part, forward.logProbs());
      ObjectiveResult result = objective.evaluate(inputs);
      finite.loss(result);
      ValueLossResult value = batch.valueLoss(criticSettings.loss(), rows, valueForward.values());
      finite.valueLoss(valueForward.values(), value);
      valueForward.backward(value.lossByValue().times(criticSettings.valueCoefficient()));
      forward.backward(result.lossByLogProb(), result.lossByEntropy());
      reference.backward(rows, forward, result);
      inspection.beforeStep(rows, forward, result);
      GradientStep gradient = policy.applyGradient(learningRate, settings.maxGradientNorm());
      finite.step(gradient, forward, result.lossByLogProb(), result.lossByEntropy());
      Optional<GradientStep> valueGradient =
          critic.applyGradient(criticRate, criticSettings.maxGradientNorm());
      finite.criticStep(valueGradient, value.lossByValue());
      return new UpdateTrace.OptimizerStep(part.innerEpoch(), rows, result, learningRate, gradient)
          .with(new UpdateTrace.ValueStep(value, valueGradient));
    }
  }
}
