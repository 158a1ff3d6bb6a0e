package org.grpo4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.Policy;
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
 * Group Relative Policy Optimization: the algorithm of DeepSeekMath (Shao et al. 2024, Algorithm 1)
 * in the order of its lines. One call of {@link #update} is one step of the paper's inner loop.
 *
 * <pre>
 *  1  policy  pi_theta                                 the constructor's policy
 *  2  for each iteration
 *  3    reference  pi_ref ← pi_theta                   {@link ReferencePolicy}
 *  4    for each step
 *  5      sample a batch of questions                  {@link PromptSampler}
 *  6      pi_old ← pi_theta                            the policy rests until line 11; {@link
 *                                                      SamplingPolicy} may sample in its place
 *  7      sample G outputs of each from pi_old         {@link RolloutSampler}
 *  8      reward every output                          {@link RewardScoring}
 *  9      group-relative advantages                    {@link AdvantageEstimator}
 * 10      mu times
 * 11        maximise the GRPO objective                {@link #optimize}
 * 12    (the reward is a rule; there is no reward model to train)
 * </pre>
 *
 * <p>The mathematics is elsewhere: in the advantage estimator (Eq. 3) and the objective (Eq. 1, 2
 * and 4 to 7). This class says only what happens when. Everything it computes is in the {@link
 * UpdateTrace} it returns.
 */
public final class GrpoTrainer implements Trainer {

  private final Policy policy;
  private final RolloutCollector rollouts;
  private final AdvantageEstimator advantageEstimator;
  private final LossTokens lossTokens;
  private final GrpoSettings settings;
  private final MiniBatches miniBatches;
  private final ReferencePolicy reference;
  private final SamplingPolicy sampling;
  private final AdaptiveWeights weights;

  /**
   * Takes over the policy of {@code setup}.
   *
   * @param random of the run
   * @param resumed where to continue: the policy then keeps its optimiser; empty to begin with a
   *     fresh one
   */
  public GrpoTrainer(LearningSetup setup, RandomStreams random, Optional<TrainerState> resumed) {
    this.policy = setup.policy();
    this.rollouts = setup.rollouts();
    this.advantageEstimator = setup.advantageEstimator();
    this.lossTokens = setup.lossTokens();
    this.settings = setup.settings();
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
    Advantages advantages = advantageEstimator.estimate(inputs); // line 9
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
    List<Sequence> sequences = batch.sequences(rows);
    try (ForwardPass forward = sampling.forward(sequences, rows, rollouts.temperature())) {
      ObjectiveInputs inputs = batch.objectiveInputs(part, forward.logProbs());
      ObjectiveResult result = objective.evaluate(inputs);
      finite.loss(result);
      forward.backward(result.lossByLogProb(), result.lossByEntropy());
      reference.backward(rows, forward, result);
      inspection.beforeStep(rows, forward, result);
      GradientStep gradient = policy.applyGradient(learningRate, settings.maxGradientNorm());
      finite.step(gradient, forward, result.lossByLogProb(), result.lossByEntropy());
      return new UpdateTrace.OptimizerStep(part.innerEpoch(), rows, result, learningRate, gradient);
    }
  }
}
