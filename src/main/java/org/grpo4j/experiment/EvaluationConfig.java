package org.grpo4j.experiment;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.declare.Setting;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.evaluation.EvaluationSettings;

/**
 * What is measured on problems the policy never trains on.
 *
 * @param every how often greedy accuracy is measured during training
 * @param problems held-out problems of the greedy accuracy
 * @param finalProblems held-out problems sampled before and after training
 * @param finalSamples completions of each of those
 * @param examples completions of fixed problems kept at each evaluation
 */
public record EvaluationConfig(
    @Setting(
            value =
                "How often the greedy accuracy is measured during training, and after the first"
                    + " three updates too; 0 for never.",
            byDefault = "5",
            range = "[0, 1000000]",
            unit = "updates")
        int every,
    @Setting(
            value = "Held-out problems of the greedy accuracy.",
            byDefault = "512",
            range = "[1, 1000000]",
            unit = "problems")
        int problems,
    @Setting(
            value = "Held-out problems that are sampled for pass@k and maj@k before and after.",
            byDefault = "100",
            range = "[1, 1000000]",
            unit = "problems")
        int finalProblems,
    @Setting(
            value = "Completions sampled for each of them.",
            byDefault = "32",
            range = "[1, 4096]",
            unit = "completions")
        int finalSamples,
    @Setting(
            value = "Fixed problems whose completions are kept at each evaluation.",
            byDefault = "3",
            range = "[0, 100]",
            unit = "problems")
        int examples) {

  /** The same with another number of samples. */
  public EvaluationConfig withFinalSamples(int samples) {
    return new EvaluationConfig(every, problems, finalProblems, samples, examples);
  }

  /**
   * As the evaluator takes them: the {@code k} of pass@k and maj@k are the powers of two up to the
   * number of samples.
   */
  public EvaluationSettings settings(TaskSource task, double temperature) {
    List<Integer> ks = new ArrayList<>();
    for (int k = 1; k <= finalSamples; k *= 2) {
      ks.add(k);
    }
    return new EvaluationSettings(
        problems, finalProblems, finalSamples, temperature, ks, examples, task.maxNewTokens());
  }
}
