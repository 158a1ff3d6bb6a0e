package org.grpo4j.train.evaluation;

import java.util.List;
import org.grpo4j.math.Require;
import org.grpo4j.task.TaskSource;

/**
 * What an evaluation asks.
 *
 * @param problems how many problems are answered greedily; at least 1, and all if there are fewer
 * @param sampledProblems how many of them are also sampled, at least 1
 * @param samples completions sampled for each of these, at least 1
 * @param temperature of the samples, positive
 * @param ks the {@code k} of pass@k and maj@k, ascending, from 1 to {@code samples}
 * @param examples how many greedy completions are kept to be shown, at least 0
 * @param maxNewTokens most tokens of a completion, at least 1
 */
public record EvaluationSettings(
    int problems,
    int sampledProblems,
    int samples,
    double temperature,
    List<Integer> ks,
    int examples,
    int maxNewTokens) {

  private static final int DEFAULT_PROBLEMS = 512;
  private static final int DEFAULT_SAMPLED_PROBLEMS = 100;
  private static final int DEFAULT_SAMPLES = 32;
  private static final List<Integer> DEFAULT_KS = List.of(1, 2, 4, 8, 16, 32);
  private static final int DEFAULT_EXAMPLES = 3;

  public EvaluationSettings {
    Require.atLeast(1, "problems", problems);
    Require.atLeast(1, "sampledProblems", sampledProblems);
    Require.atLeast(1, "samples", samples);
    Require.that(
        temperature > 0 && temperature < Double.POSITIVE_INFINITY,
        "temperature",
        "positive and finite",
        temperature);
    Require.atLeast(0, "examples", examples);
    Require.atLeast(1, "maxNewTokens", maxNewTokens);
    ks = List.copyOf(ks);
    int previous = 0;
    for (int k : ks) {
      Require.that(
          k > previous && k <= samples,
          "ks: must ascend from 1 to samples = " + samples + ", got " + ks);
      previous = k;
    }
  }

  /**
   * 512 problems greedily; 100 problems with 32 samples each at temperature 1 for k = 1, 2, 4, 8,
   * 16, 32; 3 examples; the task's limit of tokens.
   */
  public static EvaluationSettings defaults(TaskSource task) {
    return new EvaluationSettings(
        DEFAULT_PROBLEMS,
        DEFAULT_SAMPLED_PROBLEMS,
        DEFAULT_SAMPLES,
        1.0,
        DEFAULT_KS,
        DEFAULT_EXAMPLES,
        task.maxNewTokens());
  }
}
