package org.grpo4j.train.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * The settings of what is measured on problems the policy never trains on.
 *
 * @param every how often greedy accuracy is measured during training
 * @param problems held-out problems of the greedy accuracy
 * @param finalProblems held-out problems sampled before and after training
 * @param finalSamples completions of each of those
 * @param examples completions of fixed problems kept at each evaluation
 */
public record EvaluationSettings(
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

  public EvaluationSettings {
    Require.that(every >= 0, "every", "at least 0", every);
    Require.that(problems >= 1, "problems", "at least 1", problems);
    Require.that(finalProblems >= 1, "finalProblems", "at least 1", finalProblems);
    Require.that(finalSamples >= 1, "finalSamples", "at least 1", finalSamples);
    Require.that(examples >= 0, "examples", "at least 0", examples);
  }

  /** The same with another number of samples. */
  public EvaluationSettings withFinalSamples(int samples) {
    return new EvaluationSettings(every, problems, finalProblems, samples, examples);
  }

  /** The {@code k} of pass@k and maj@k: the powers of two up to the number of samples. */
  public List<Integer> ks() {
    List<Integer> ks = new ArrayList<>();
    for (int k = 1; k <= finalSamples; k *= 2) {
      ks.add(k);
    }
    return ks;
  }
}
