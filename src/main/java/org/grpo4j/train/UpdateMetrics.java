package org.grpo4j.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.ExplainedVariance;
import org.grpo4j.objective.ObjectiveMetrics;
import org.grpo4j.reward.Reward;
import org.grpo4j.rollout.Completion;

/**
 * One update in numbers, each under the name TRL gives it where it has one. What an update computes
 * once per optimiser step (losses, ratios, clip fractions, norms) is the mean over its steps.
 *
 * <p>Two of them often surprise: {@code loss} is about 0 in every on-policy update, because the
 * advantages of a group sum to 0, and says nothing about progress; {@code entropy} is that of the
 * policy's distributions, not the mean of {@code -log p} of the sampled tokens.
 *
 * @param update the update's number, from 0
 * @param named the numbers by name, in the order in which files list them; never changes from
 *     update to update of a run
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
    putCritic(trace, named);
    trace.weights().kl().ifPresent(beta -> named.put("kl_coefficient", beta));
    trace.weights().entropy().ifPresent(alpha -> named.put("entropy_coefficient", alpha));
    named.put("learning_rate", mean(trace, UpdateTrace.OptimizerStep::learningRate));
    named.put("grad_norm", mean(trace, step -> step.gradient().gradientNorm()));
    return new UpdateMetrics(trace.update(), named);
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
    double[] totals = trace.rewards().stream().mapToDouble(Reward::total).toArray();
    Moments moments = Moments.ofPresent(totals);
    named.put("reward", moments.mean());
    named.put("reward_std", moments.sampleStandardDeviation());
    List<Reward.Part> parts = trace.rewards().get(0).parts();
    for (int k = 0; k < parts.size(); k++) {
      int part = k;
      double[] values =
          trace.rewards().stream().mapToDouble(r -> r.parts().get(part).value()).toArray();
      named.put("rewards/" + parts.get(k).name() + "/mean", Moments.ofPresent(values).mean());
    }
    RowGroups groups = trace.advantages().inputs().groups();
    int dead = 0;
    for (int g = 0; g < groups.count(); g++) {
      Moments ofGroup = Moments.ofPresent(groups.select(g, DoubleVector.of(totals)));
      dead += ofGroup.count() > 1 && ofGroup.allEqual() ? 1 : 0;
    }
    named.put("frac_reward_zero_std", dead / (double) groups.count());
  }

  private static void putLengths(UpdateTrace trace, Map<String, Double> named) {
    List<Completion> completions = trace.rollout().completions();
    int tokens = 0;
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    int truncated = 0;
    for (Completion completion : completions) {
      tokens += completion.length();
      shortest = Math.min(shortest, completion.length());
      longest = Math.max(longest, completion.length());
      truncated += completion.truncated() ? 1 : 0;
    }
    double count = completions.size();
    named.put("completions/mean_length", tokens / count);
    named.put("completions/min_length", (double) shortest);
    named.put("completions/max_length", (double) longest);
    named.put("completions/clipped_ratio", truncated / count);
    named.put("num_completions", (double) trace.sampled().completions());
    named.put("num_tokens", (double) trace.sampled().tokens());
    named.put("frac_completions_used", count / trace.sampled().completions());
  }

  private static void putObjective(UpdateTrace trace, Map<String, Double> named) {
    named.put("entropy", entropy(trace));
    named.put("loss", mean(trace, step -> step.objective().loss()));
    named.put("policy_loss", mean(trace, step -> step.objective().policyLoss()));
    if (trace.reference().isPresent()) {
      named.put("kl", kl(trace));
    }
    named.put("approx_kl", mean(trace, step -> metrics(step).approxKlK3()));
    named.put("clip_ratio/low_mean", mean(trace, step -> metrics(step).clipLow()));
    named.put("clip_ratio/high_mean", mean(trace, step -> metrics(step).clipHigh()));
    named.put("clip_ratio/region_mean", mean(trace, step -> metrics(step).clipRegion()));
    named.put("ratio/mean", mean(trace, step -> metrics(step).ratioMean()));
    named.put("ratio/max", largest(trace, step -> metrics(step).ratioMax()));
  }

  /** Mean entropy in nats per token. */
  static double entropy(UpdateTrace trace) {
    return mean(trace, step -> metrics(step).entropy());
  }

  /** Mean divergence from the reference policy per token. */
  static double kl(UpdateTrace trace) {
    return mean(trace, step -> metrics(step).kl());
  }

  /** Only of algorithms with a critic. */
  private static void putCritic(UpdateTrace trace, Map<String, Double> named) {
    if (trace.steps().get(0).value().isEmpty()) {
      return;
    }
    AdvantageInputs inputs = trace.advantages().inputs();
    TokenTable oldValues = inputs.values().orElseThrow();
    TokenTable returns = trace.advantages().returns().orElseThrow();
    named.put("value_loss", mean(trace, step -> value(step).loss().loss()));
    named.put("value_clip_ratio", mean(trace, step -> value(step).loss().clipFraction()));
    named.put("explained_variance", ExplainedVariance.of(oldValues, returns, inputs.mask()));
    named.put("values/mean", Masks.mean(oldValues, inputs.mask()));
    if (value(trace.steps().get(0)).gradient().isPresent()) {
      named.put(
          "critic_grad_norm",
          mean(trace, step -> value(step).gradient().orElseThrow().gradientNorm()));
    }
  }

  private static UpdateTrace.ValueStep value(UpdateTrace.OptimizerStep step) {
    return step.value().orElseThrow();
  }

  private static ObjectiveMetrics metrics(UpdateTrace.OptimizerStep step) {
    return step.objective().metrics();
  }

  private static double mean(
      UpdateTrace trace, ToDoubleFunction<UpdateTrace.OptimizerStep> number) {
    double sum = 0;
    for (UpdateTrace.OptimizerStep step : trace.steps()) {
      sum += number.applyAsDouble(step);
    }
    return sum / trace.steps().size();
  }

  private static double largest(
      UpdateTrace trace, ToDoubleFunction<UpdateTrace.OptimizerStep> number) {
    List<Double> numbers = new ArrayList<>();
    for (UpdateTrace.OptimizerStep step : trace.steps()) {
      numbers.add(number.applyAsDouble(step));
    }
    return Collections.max(numbers);
  }
}
