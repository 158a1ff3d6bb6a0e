package org.grpo4j.cli;

import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExplainedCompletion;
import org.grpo4j.cli.text.ExplainedGroups;
import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedGroup;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.experiment.trace.UpdateTracer;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkPolicies;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.reward.CorrectnessReward;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.task.DigitSum;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.ColdStart;
import org.grpo4j.train.ColdStartSettings;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.LearningSetup;
import org.grpo4j.train.LossTokens;
import org.grpo4j.train.RewardScoring;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.WeightControllers;
import org.grpo4j.train.inspection.UpdateInspector;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;

/**
 * One update of GRPO to step through: start this class in a debugger. {@code docs/one-update.md} is
 * the tour, with the values to see at each stop.
 *
 * <p>Everything is as small as it can be without being trivial: one prompt, four completions of
 * three tokens, two inner epochs, a transformer of width 16 in its readable form, in double
 * precision and on one thread. The seed is one whose completions are not all right and not all
 * wrong, so that there is something to learn.
 */
public final class DebugOneUpdate {

  private static final long SEED = 41;
  private static final double TEMPERATURE = 1;
  private static final int GROUP_SIZE = 4;
  private static final int WIDTH = 16;
  private static final int COLD_START_EXAMPLES = 256;
  private static final int COLD_START_STEPS = 30;
  private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 1e-8);

  private static final AdvantageEstimator ESTIMATOR = GroupRelativeAdvantage.standard();

  /** GRPO as in DeepSeekMath. */
  private static final GrpoObjective OBJECTIVE =
      GrpoObjective.of(
              ClippedSurrogate.symmetric(0.2),
              new RatioLevel.TokenRatio(),
              Aggregation.sequenceMeanTokenMean())
          .withKl(KlPenalty.of(0.04, KlEstimator.K3));

  private final TaskSource task = new DigitSum.BothDigits();
  private final RandomStreams random = new RandomStreams(SEED);
  private final Workers workers;

  private DebugOneUpdate(Workers workers) {
    this.workers = workers;
  }

  /**
   * Runs the update and prints what it did.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    Console.ofProcess().result(account());
  }

  /** Runs the update and says what it did. */
  static String account() {
    try (Workers workers = new Workers(1)) {
      return new DebugOneUpdate(workers).run();
    }
  }

  private String run() {
    try (Policy policy = policy()) {
      GrpoTrainer trainer = trainer(policy);
      GreedyDecoder greedy = new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), workers);
      UpdateTrace trace = trainer.update(0, UpdateInspector.of(1, 1, greedy)); // step into it
      DoubleVector parameters = policy.parameters();
      TracedUpdate update = UpdateTracer.of(trace, UpdateMetrics.of(trace), parameters);
      return explained(header(policy), update);
    }
  }

  private TraceHeader header(Policy policy) {
    return new TraceHeader(
        TraceHeader.SCHEMA,
        "one update",
        SEED,
        "digit-sum",
        task.vocabulary().symbolList(),
        TEMPERATURE,
        GROUP_SIZE,
        1,
        1,
        policy.parameters().size(),
        policy.parameterBlocks(),
        1,
        1);
  }

  /** The group, and in the second step the completion with the clipped token, then that token. */
  private String explained(TraceHeader header, TracedUpdate update) {
    TraceExplainer explainer = new TraceExplainer(update, ESTIMATOR, OBJECTIVE);
    TracedGroup group = update.groups().get(0);
    TracedCompletion completion = group.completions().get(1);
    ExplainedCompletion atSecondStep = new ExplainedCompletion(header, update, completion, 1);
    return String.join(
        "\n\n",
        new ExplainedGroups(update).group(group, explainer).strip(),
        atSecondStep.account(),
        atSecondStep.token(1, explainer));
  }

  /** A policy that knows what an answer looks like and little more. */
  private Policy policy() {
    TransformerShape shape =
        new TransformerShape(
            task.vocabulary().size(),
            task.promptLength() + task.maxNewTokens(),
            WIDTH,
            1,
            2,
            2 * WIDTH);
    Policy policy = NetworkPolicies.transformer(shape, Precision.REFERENCE_DOUBLE, SEED, workers);
    ColdStartSettings settings =
        new ColdStartSettings(COLD_START_STEPS, 16, COLD_START_EXAMPLES, 0.02, 0, 1, ADAM, 1.0);
    ColdStartCorpus corpus = ColdStartCorpus.draw(task, settings.corpusSize(), random);
    new ColdStart(policy, corpus, settings, random, event -> {}).run(() -> false);
    return policy;
  }

  /** Two inner epochs, so that ratios leave 1. */
  private GrpoTrainer trainer(Policy policy) {
    GrpoSettings settings =
        new GrpoSettings(1, 1, GROUP_SIZE, TEMPERATURE, 2, 1, 0.003, 0, ADAM, 1.0, 0, 1);
    RolloutSampler sampler =
        new RolloutSampler(
            task.vocabulary(),
            new SamplingSettings(GROUP_SIZE, task.maxNewTokens(), TEMPERATURE),
            random,
            workers);
    LearningSetup setup =
        new LearningSetup(
            policy,
            new SampledRollouts(new PromptSampler(task.trainingProblems(), random), sampler, 1),
            RewardScoring.of(new CorrectnessReward(task)),
            ESTIMATOR,
            OBJECTIVE,
            LossTokens.ALL,
            settings,
            WeightControllers.NONE);
    return new GrpoTrainer(setup, random, Optional.empty());
  }
}
