package org.grpo4j.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.DeadGroups;
import org.grpo4j.metric.ExplainedVariance;
import org.grpo4j.metric.LengthStatistics;
import org.grpo4j.metric.Metric;
import org.grpo4j.metric.RewardStatistics;
import org.grpo4j.objective.ObjectiveMetrics;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.reward.Reward;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.train.inspection.ExpertUse;
import org.grpo4j.train.inspection.Inspection;

/**
 * One update in numbers, by the names of {@link Metric}. What has tokens or rows (entropy, KL,
 * ratios, clip shares) is pooled over those of all optimiser steps; losses, norms and learning
 * rates, which a step has one of, are means over steps. What is taken over nothing is {@code NaN}.
 *
 * <p>Two of them often surprise: {@code loss} is about 0 in every on-policy update, because the
 * advantages of a group sum to 0, and says nothing about progress; {@code entropy} is that of the
 * policy's distributions, not the mean of {@code -log p} of the sampled tokens.
 *
 * @param update the update's number, from 0
 * @param named the numbers by name, in the order in which files list them; the names never change
 *     from update to update of a run, except that the reward by label ({@link Metric#of}) is there
 *     if some problem has that label
 */
public record UpdateMetrics(int update, Map<String, Double> named) {

  public UpdateMetrics {
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  /** The numbers of one update. */
  public static UpdateMetrics of(UpdateTrace trace) {
    Map<String, Double> named = new LinkedHashMap<>();
    putRewards(trace, named);
    putLengths(trace, named);
    putObjective(trace, named);
    putSampling(trace, named);
    putCritic(trace, named);
    trace.inspection().flatMap(Inspection::experts).ifPresent(use -> putExperts(use, named));
    trace.weights().kl().ifPresent(beta -> put(named, Metric.KL_COEFFICIENT, beta));
    trace.weights().entropy().ifPresent(alpha -> put(named, Metric.ENTROPY_COEFFICIENT, alpha));
    put(named, Metric.LEARNING_RATE, mean(trace, UpdateTrace.OptimizerStep::learningRate));
    put(named, Metric.GRAD_NORM, mean(trace, step -> step.gradient().gradientNorm()));
    return new UpdateMetrics(trace.update(), named);
  }

  /** The number of that metric; {@code NaN} if it is taken over nothing. */
  public double get(Metric metric) {
    return get(metric.key());
  }

  /**
   * The number of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public double get(String name) {
    Double value = named.get(name);
    if (value == null) {
      throw new IllegalArgumentException("metric: " + name + " is not one of " + named.keySet());
    }
    return value;
  }

  private static void putRewards(UpdateTrace trace, Map<String, Double> named) {
    double[] scores = trace.rewards().stream().mapToDouble(Reward::total).toArray();
    RewardStatistics statistics =
        RewardStatistics.of(
            DoubleVector.of(scores), trace.advantages().inputs().groups(), Deviation.SAMPLE);
    put(named, Metric.REWARD, statistics.mean());
    put(named, Metric.REWARD_STD, statistics.standardDeviation());
    put(named, Metric.REWARD_GROUP_STD, statistics.groupStandardDeviation());
    putByLabel(trace, scores, named);
    List<Reward.Part> parts = trace.rewards().get(0).parts();
    for (int k = 0; k < parts.size(); k++) {
      int part = k;
      double[] values =
          trace.rewards().stream().mapToDouble(r -> r.parts().get(part).value()).toArray();
      named.put(Metric.rewardPart(parts.get(k).name()), Moments.ofPresent(values).mean());
    }
    Optional<DeadGroups> dead = trace.deadGroups();
    put(named, Metric.DEAD_GROUPS, dead.map(DeadGroups::share).orElse(Double.NaN));
    put(named, Metric.DEAD_ALL_RIGHT, dead.map(d -> d.share(d.allRight())).orElse(Double.NaN));
    put(named, Metric.DEAD_ALL_WRONG, dead.map(d -> d.share(d.allWrong())).orElse(Double.NaN));
  }

  private static void putByLabel(UpdateTrace trace, double[] scores, Map<String, Double> named) {
    Map<String, List<Double>> byLabel = new TreeMap<>();
    int[] groupOfRow = trace.rollout().groupOfRow();
    for (int row = 0; row < scores.length; row++) {
      Problem problem = trace.rollout().groups().get(groupOfRow[row]).problem();
      for (String label : problem.labels()) {
        byLabel.computeIfAbsent(label, none -> new ArrayList<>()).add(scores[row]);
      }
    }
    byLabel.forEach(
        (label, some) ->
            named.put(
                Metric.REWARD.of(label),
                Moments.ofPresent(some.stream().mapToDouble(Double::doubleValue).toArray())
                    .mean()));
  }

  private static void putLengths(UpdateTrace trace, Map<String, Double> named) {
    List<Completion> completions = trace.rollout().completions();
    double[] lengths = completions.stream().mapToDouble(Completion::length).toArray();
    double[] truncated = completions.stream().mapToDouble(c -> c.truncated() ? 1 : 0).toArray();
    LengthStatistics statistics =
        LengthStatistics.of(DoubleVector.of(lengths), DoubleVector.of(truncated));
    put(named, Metric.MEAN_LENGTH, statistics.mean());
    put(named, Metric.MIN_LENGTH, statistics.min());
    put(named, Metric.MAX_LENGTH, statistics.max());
    put(named, Metric.TRUNCATED, statistics.truncatedShare());
    double used = completions.size() / (double) trace.sampled().completions();
    put(named, Metric.COMPLETIONS_USED, used);
  }

  private static void putObjective(UpdateTrace trace, Map<String, Double> named) {
    ObjectiveMetrics pooled = pooled(trace);
    put(named, Metric.ENTROPY, pooled.entropy());
    put(named, Metric.LOSS, meanOfNonEmpty(trace, step -> step.objective().loss()));
    put(named, Metric.POLICY_LOSS, meanOfNonEmpty(trace, step -> step.objective().policyLoss()));
    if (trace.reference().isPresent()) {
      put(named, Metric.KL, pooled.kl());
    }
    put(named, Metric.APPROX_KL, pooled.approxKlK3());
    put(named, Metric.CLIP_LOW, pooled.clipLow());
    put(named, Metric.CLIP_HIGH, pooled.clipHigh());
    put(named, Metric.CLIP_REGION, pooled.clipRegion());
    put(named, Metric.RATIO_MEAN, pooled.ratioMean());
    put(named, Metric.RATIO_MAX, pooled.ratioMax());
  }

  /** The metrics of the objective, over the tokens of all optimiser steps as if they were one. */
  static ObjectiveMetrics pooled(UpdateTrace trace) {
    return ObjectiveMetrics.pooled(
        trace.steps().stream().map(UpdateTrace.OptimizerStep::objective).toList());
  }

  /** Only where symbols are left out, or another policy than the learner samples. */
  private static void putSampling(UpdateTrace trace, Map<String, Double> named) {
    double[] kept =
        trace.rollout().completions().stream()
            .flatMap(completion -> completion.kept().stream())
            .flatMapToDouble(one -> DoubleStream.of(one.mass().toArray()))
            .toArray();
    if (kept.length > 0) {
      put(named, Metric.SAMPLING_KEPT, Moments.of(kept).mean());
    }
    if (trace.drift().isEmpty()) {
      return;
    }
    named.putAll(trace.drift().get().metrics());
    List<ObjectiveResult> results =
        trace.steps().stream().map(UpdateTrace.OptimizerStep::objective).toList();
    if (results.get(0).objective().offPolicyRowMask().acts()) {
      double rows = results.stream().mapToInt(result -> result.inputs().rows()).sum();
      int masked = results.stream().mapToInt(ObjectiveResult::rowsMasked).sum();
      put(named, Metric.SAMPLING_ROWS_MASKED, masked / rows);
    }
  }

  /** Only of algorithms with a critic. */
  private static void putCritic(UpdateTrace trace, Map<String, Double> named) {
    if (trace.steps().get(0).value().isEmpty()) {
      return;
    }
    AdvantageInputs inputs = trace.advantages().inputs();
    TokenTable oldValues = inputs.values().orElseThrow();
    TokenTable returns = trace.advantages().returns().orElseThrow();
    double tokens = 0;
    double clipped = 0;
    for (UpdateTrace.OptimizerStep step : trace.steps()) {
      tokens += value(step).loss().tokens();
      clipped += value(step).loss().clippedTokens();
    }
    put(named, Metric.VALUE_LOSS, meanOfNonEmpty(trace, step -> value(step).loss().loss()));
    put(named, Metric.VALUE_CLIPPED, clipped / tokens);
    put(named, Metric.EXPLAINED_VARIANCE, ExplainedVariance.of(oldValues, returns, inputs.mask()));
    put(named, Metric.VALUES_MEAN, Masks.mean(oldValues, inputs.mask()));
    if (value(trace.steps().get(0)).gradient().isPresent()) {
      put(
          named,
          Metric.CRITIC_GRAD_NORM,
          mean(trace, step -> value(step).gradient().orElseThrow().gradientNorm()));
    }
  }

  /** Only of policies with experts. */
  private static void putExperts(ExpertUse use, Map<String, Double> named) {
    for (int block = 0; block < use.load().size(); block++) {
      DoubleVector load = use.load().get(block);
      for (int expert = 0; expert < load.size(); expert++) {
        named.put(Metric.EXPERT_LOAD.of("block" + block + "/" + expert), load.get(expert));
      }
    }
    put(named, Metric.DEAD_EXPERTS, use.dead());
    put(named, Metric.LOAD_ENTROPY, use.loadEntropy());
  }

  private static UpdateTrace.ValueStep value(UpdateTrace.OptimizerStep step) {
    return step.value().orElseThrow();
  }

  private static void put(Map<String, Double> named, Metric metric, double value) {
    named.put(metric.key(), value);
  }

  private static double mean(
      UpdateTrace trace, ToDoubleFunction<UpdateTrace.OptimizerStep> number) {
    return Moments.of(trace.steps().stream().mapToDouble(number).toArray()).mean();
  }

  /** The mean over the steps whose mini-batch has a token that counts; the others have no loss. */
  private static double meanOfNonEmpty(
      UpdateTrace trace, ToDoubleFunction<UpdateTrace.OptimizerStep> number) {
    return Moments.of(
            trace.steps().stream()
                .filter(step -> Masks.count(step.objective().inputs().mask()) > 0)
                .mapToDouble(number)
                .toArray())
        .mean();
  }
}
