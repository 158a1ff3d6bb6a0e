package org.grpo4j.train.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.grpo4j.metric.Proportion;
import org.grpo4j.metric.WilsonInterval;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;

/**
 * The quality of a policy at its task, measured by the task's own verifier whatever reward it was
 * trained on.
 *
 * @param policyVersion version of the policy
 * @param heldOut true if no problem was trained on; false for tasks that hold none out
 * @param greedyAccuracy how many of how many problems the greedy completion solves
 * @param meanLength mean length of the greedy completions in tokens, the end token included
 * @param truncated how many of the greedy completions were cut off at the limit
 * @param shares what is measured of some tasks only, by name: {@code greedy_accuracy/LABEL}, {@code
 *     readable}
 * @param examples the greedy completions of the first problems
 * @param sampled pass@k and maj@k, if samples were taken
 */
public record Evaluation(
    long policyVersion,
    boolean heldOut,
    Proportion greedyAccuracy,
    double meanLength,
    Proportion truncated,
    Map<String, Proportion> shares,
    List<Example> examples,
    Optional<Sampled> sampled) {

  public Evaluation {
    shares = Collections.unmodifiableMap(new TreeMap<>(shares));
    examples = List.copyOf(examples);
  }

  /** The same with samples. */
  Evaluation with(Sampled samples) {
    return new Evaluation(
        policyVersion,
        heldOut,
        greedyAccuracy,
        meanLength,
        truncated,
        shares,
        examples,
        Optional.of(samples));
  }

  /**
   * The policy's answer to one of the fixed problems that every evaluation shows.
   *
   * @param problem the question
   * @param completion the greedy completion
   * @param correct whether it is right
   */
  public record Example(Problem problem, Completion completion, boolean correct) {}

  /**
   * The scores of several samples of each problem.
   *
   * @param problems how many problems
   * @param samples completions of each problem
   * @param temperature they were sampled at
   * @param passAtK pass@k for each {@code k} of the settings, ascending
   * @param majorityAtK maj@k for each {@code k} of the settings, ascending
   * @param shares what is measured of some tasks only, by name: {@code pass@1/LABEL}, {@code
   *     readable@1}
   * @param meanLength mean length of the completions in tokens, the end token included
   */
  public record Sampled(
      int problems,
      int samples,
      double temperature,
      List<AtK> passAtK,
      List<AtK> majorityAtK,
      Map<String, AtK> shares,
      double meanLength) {

    public Sampled {
      passAtK = List.copyOf(passAtK);
      majorityAtK = List.copyOf(majorityAtK);
      shares = Collections.unmodifiableMap(new TreeMap<>(shares));
    }
  }

  /**
   * pass@k or maj@k: the mean over some problems.
   *
   * @param k how many completions each problem gets
   * @param value the mean of the problems' estimates, in [0, 1]
   * @param problems how many problems {@code n}
   */
  public record AtK(int k, double value, int problems) {

    /** The 95 % interval over problems; on the wide side, see {@link WilsonInterval#of}. */
    public WilsonInterval interval() {
      return WilsonInterval.of(value, problems);
    }
  }
}
