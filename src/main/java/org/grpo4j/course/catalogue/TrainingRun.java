package org.grpo4j.course.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.Workers;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.task.Problem;
import org.grpo4j.task.Vocabulary;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.LearningSetup;
import org.grpo4j.train.LossTokens;
import org.grpo4j.train.RewardScoring;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.WeightControllers;
import org.grpo4j.train.sampling.PromptSampler;
import org.grpo4j.train.sampling.RolloutSampler;
import org.grpo4j.train.sampling.SampledRollouts;
import org.grpo4j.train.sampling.SamplingSettings;

/**
 * Some updates of GRPO on a table of logits that is asked a letter and shall say it: what a trainer
 * does, in numbers.
 *
 * @param seed of all draws
 * @param updates how many
 * @param innerEpochs {@code mu}
 * @param miniBatches optimiser steps of an epoch
 * @param beta weight of the KL term, K3; 0 for none
 * @param referenceRefreshEvery updates between two reference policies; 0 for one for ever
 * @param warmupUpdates updates of linear warm-up
 * @param maxGradientNorm bound of the gradient's norm
 */
public record TrainingRun(
    long seed,
    int updates,
    int innerEpochs,
    int miniBatches,
    double beta,
    int referenceRefreshEvery,
    int warmupUpdates,
    double maxGradientNorm) {

  private static final Vocabulary LETTERS = new Vocabulary("_$ab");
  private static final List<Problem> PROBLEMS =
      List.of(new Problem("a", "a"), new Problem("b", "b"));
  private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 1e-8);
  private static final RewardFunction ECHO =
      (problem, completion) ->
          Reward.of("echo", completion.text().equals(problem.answer()) ? 1 : 0);
  private static final int PROMPTS = 2;
  private static final int GROUP_SIZE = 6;
  private static final int LONGEST = 2;

  private TrainingRun with(int epochs, int batches, int refresh, int warmup, double norm) {
    return new TrainingRun(seed, updates, epochs, batches, beta, refresh, warmup, norm);
  }

  /** The same with another {@code mu}. */
  TrainingRun withInnerEpochs(int epochs) {
    return with(epochs, miniBatches, referenceRefreshEvery, warmupUpdates, maxGradientNorm);
  }

  /** The same with another number of mini-batches. */
  TrainingRun withMiniBatches(int count) {
    return with(innerEpochs, count, referenceRefreshEvery, warmupUpdates, maxGradientNorm);
  }

  /** The same with another reference policy. */
  TrainingRun withReferenceRefreshEvery(int every) {
    return with(innerEpochs, miniBatches, every, warmupUpdates, maxGradientNorm);
  }

  /** The same with another warm-up. */
  TrainingRun withWarmupUpdates(int count) {
    return with(innerEpochs, miniBatches, referenceRefreshEvery, count, maxGradientNorm);
  }

  /** The same with another bound of the gradient. */
  TrainingRun withMaxGradientNorm(double bound) {
    return with(innerEpochs, miniBatches, referenceRefreshEvery, warmupUpdates, bound);
  }

  /**
   * The numbers of the run: for every update one row with its optimiser steps, the completions of
   * the first step, the learning rate and the sum of the steps' gradient norms, and one row with
   * all parameters after it.
   */
  TokenTable numbers() {
    return numbers(ClippedSurrogate.symmetric(0.2));
  }

  /** The same with another surrogate. */
  TokenTable numbers(Surrogate surrogate) {
    TabularPolicy policy =
        TabularPolicy.uniform(
            LETTERS.size(), LONGEST, List.of(LETTERS.encode("a"), LETTERS.encode("b")), ADAM);
    GrpoTrainer trainer = trainer(policy, surrogate);
    List<DoubleVector> rows = new ArrayList<>();
    for (int update = 0; update < updates; update++) {
      List<UpdateTrace.OptimizerStep> steps = trainer.update(update).steps();
      UpdateTrace.OptimizerStep first = steps.get(0);
      double norms = steps.stream().mapToDouble(step -> step.gradient().gradientNorm()).sum();
      rows.add(DoubleVector.of(steps.size(), first.rows().size(), first.learningRate(), norms));
      rows.add(policy.parameters());
    }
    return TokenTable.of(rows);
  }

  private GrpoTrainer trainer(TabularPolicy policy, Surrogate surrogate) {
    RandomStreams random = new RandomStreams(seed);
    RolloutSampler sampler =
        new RolloutSampler(
            LETTERS, new SamplingSettings(GROUP_SIZE, LONGEST, 1), random, new Workers(1));
    GrpoObjective standard = GrpoObjective.standard();
    GrpoObjective objective =
        GrpoObjective.of(surrogate, standard.ratioLevel(), standard.aggregation());
    LearningSetup setup =
        new LearningSetup(
            policy,
            new SampledRollouts(new PromptSampler(PROBLEMS, random), sampler, PROMPTS),
            RewardScoring.of(ECHO),
            GroupRelativeAdvantage.standard(),
            beta > 0 ? objective.withKl(KlPenalty.of(beta, KlEstimator.K3)) : objective,
            LossTokens.ALL,
            new GrpoSettings(
                updates,
                PROMPTS,
                GROUP_SIZE,
                1,
                innerEpochs,
                miniBatches,
                0.1,
                warmupUpdates,
                ADAM,
                maxGradientNorm,
                referenceRefreshEvery,
                1),
            WeightControllers.NONE);
    return new GrpoTrainer(setup, random, Optional.empty());
  }
}
