package org.grpo4j.train.evaluation;

import java.util.Map;
import java.util.TreeMap;
import org.grpo4j.metric.Proportion;
import org.grpo4j.reward.ReadableReward;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;

/**
 * Counts of what some tasks only measure: accuracy, and readability where a task asks for it, in
 * all and by label.
 */
final class Shares {

  private final TaskSource task;
  private final String accuracy;
  private final String readable;
  private final TreeMap<String, Proportion> counted = new TreeMap<>();

  /**
   * @param accuracy what the share of right completions is called; the label comes behind it
   * @param readable what the share of readable ones is called
   */
  Shares(TaskSource task, String accuracy, String readable) {
    this.task = task;
    this.accuracy = accuracy;
    this.readable = readable;
  }

  void add(Problem problem, Completion completion, boolean correct) {
    boolean isAsked = !task.readableSymbols(problem).isEmpty();
    boolean isReadable = isAsked && ReadableReward.isReadable(task, problem, completion);
    for (String label : problem.labels()) {
      count(accuracy + "/" + label, correct);
      if (isAsked) {
        count(readable + "/" + label, isReadable);
      }
    }
    if (isAsked) {
      count(readable, isReadable);
    }
  }

  private void count(String name, boolean success) {
    Proportion one = new Proportion(success ? 1 : 0, 1);
    counted.merge(name, one, (a, b) -> new Proportion(a.count() + b.count(), a.n() + b.n()));
  }

  /** The shares by name, in alphabetical order. */
  Map<String, Proportion> byName() {
    return counted;
  }
}
