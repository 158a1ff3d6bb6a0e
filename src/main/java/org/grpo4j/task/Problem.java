package org.grpo4j.task;

import java.util.List;
import java.util.TreeSet;

/**
 * One question of a task.
 *
 * @param prompt what the policy is given, such as {@code 47+85=}
 * @param answer what a correct completion must amount to, such as {@code 132}; how it is compared
 *     is the task's business ({@link TaskSource#isCorrect})
 * @param labels what it is counted under by itself in metrics, such as its difficulty {@code
 *     carries-2} or its task in a mixture; letters, digits, hyphens and slashes
 */
public record Problem(String prompt, String answer, List<String> labels) {

  public Problem {
    labels = List.copyOf(labels);
  }

  /** A problem that is counted with all others only. */
  public Problem(String prompt, String answer) {
    this(prompt, answer, List.of());
  }

  /** The labels of all of these, in alphabetical order. */
  public static List<String> labels(List<Problem> problems) {
    TreeSet<String> labels = new TreeSet<>();
    problems.forEach(problem -> labels.addAll(problem.labels()));
    return List.copyOf(labels);
  }
}
