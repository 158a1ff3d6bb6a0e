package org.grpo4j.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.config.Chosen;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;
import org.grpo4j.reward.OverlongPenalty;
import org.grpo4j.reward.OverlongReward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.reward.WeightedReward;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;

/** The reward: a weighted sum of named rules. */
public record RewardConfig(
    @Setting(value = "The rules whose weighted sum is the reward.", byDefault = "[{name: correct}]")
        List<Part> parts,
    @Setting(value = "Penalty for completions near the limit of length.", byDefault = "none")
        Optional<OverlongPenalty> overlong) {

  public RewardConfig {
    parts = List.copyOf(parts);
    Require.that(!parts.isEmpty(), "parts: must be at least one, got none");
    Set<List<Object>> rules = new HashSet<>();
    for (Part part : parts) {
      if (!rules.add(List.of(part.rule(), part.label()))) {
        throw new IllegalArgumentException(
            "parts: each may occur once, got " + part.rule().name() + " twice");
      }
    }
  }

  /** The reward for {@code task}. */
  public RewardFunction function(TaskSource task) {
    RewardFunction rewards =
        new WeightedReward(parts.stream().map(part -> part.term(task)).toList());
    return overlong.isPresent()
        ? new OverlongReward(rewards, overlong.get(), task.maxNewTokens())
        : rewards;
  }

  /** The weight of every part of a reward, {@code [K]}; the penalty for length comes last. */
  public DoubleVector weights() {
    double[] weights = new double[parts.size() + (overlong.isPresent() ? 1 : 0)];
    Arrays.fill(weights, 1);
    for (int k = 0; k < parts.size(); k++) {
      weights[k] = parts.get(k).weight();
    }
    return DoubleVector.of(weights);
  }

  /** One rule of the reward. */
  public record Part(
      @Setting(value = "The rule.", key = "name") Chosen<RewardFunction> rule,
      @Setting(value = "Its weight in the sum.", byDefault = "1.0", range = "[-1e6, 1e6]")
          double weight,
      @Setting(
              value = "The task of a mixture, or another label, whose problems it is for.",
              byDefault = WeightedReward.Term.ALL,
              key = "for",
              added = true)
          String label) {

    private WeightedReward.Term term(TaskSource task) {
      return new WeightedReward.Term(rule.make(task), weight, label);
    }

    /**
     * Looks whether there are such problems.
     *
     * @throws IllegalArgumentException if there are none
     */
    void check(TaskSource task) {
      List<String> labels = new ArrayList<>(List.of(WeightedReward.Term.ALL));
      labels.addAll(Problem.labels(task.trainingProblems()));
      Require.that(
          labels.contains(label),
          "parts: for must be one of " + String.join(", ", labels) + ", got " + label);
      rule.make(task);
    }
  }
}
