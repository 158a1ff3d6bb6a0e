package org.grpo4j.experiment.limits;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.math.Require;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.evaluation.EvaluationSettings;

/**
 * The memory and time that a command needs, against what there is.
 *
 * @param needs the terms of the memory
 * @param seconds the time
 */
public record Limits(List<Need> needs, double seconds) {

  private static final double MEGA = 1e6;
  private static final double HOUR = 3600;
  private static final double WORTH_A_NOTE = 300;

  public Limits {
    needs = List.copyOf(needs);
  }

  /**
   * One term of the memory that a configuration needs.
   *
   * @param what what is kept
   * @param settings which settings make it smaller
   * @param heap bytes on Java's heap
   * @param beside bytes beside it, where ND4J keeps its arrays
   */
  public record Need(String what, String settings, double heap, double beside) {}

  /** The needs of a whole run. */
  public static Limits ofTraining(ExperimentConfig config) {
    TaskSource task = config.task().make();
    double seconds = new TimeEstimate(config, task).training();
    return new Limits(new MemoryEstimate(config, task).training(), seconds);
  }

  /** The needs of so many updates without evaluations: timed, or made once more. */
  public static Limits ofUpdates(ExperimentConfig config, int updates) {
    TaskSource task = config.task().make();
    double seconds = new TimeEstimate(config, task).updates(updates);
    return new Limits(new MemoryEstimate(config, task).updating(), seconds);
  }

  /** The needs of one evaluation of a policy of {@code config}. */
  public static Limits ofEvaluation(ExperimentConfig config, EvaluationSettings settings) {
    TaskSource task = config.task().make();
    double seconds = new TimeEstimate(config, task).evaluation(settings);
    return new Limits(new MemoryEstimate(config, task).evaluating(settings), seconds);
  }

  /** Bytes on the heap. */
  public double heap() {
    return needs.stream().mapToDouble(Need::heap).sum();
  }

  /** Bytes beside it. */
  public double beside() {
    return needs.stream().mapToDouble(Need::beside).sum();
  }

  /**
   * Why the command cannot be: the sum, which settings make it smaller, and the remedy.
   *
   * @param there the memory of this process
   * @param hours the most that the user wants to wait
   * @return empty if it can
   */
  public Optional<String> refusal(Memory there, double hours) {
    Require.positive("hours", hours);
    if (!there.has(heap(), beside())) {
      return Optional.of(memory() + "\n  " + there.remedy(heap(), beside()));
    }
    if (seconds > hours * HOUR) {
      return Optional.of(
          "this takes about %s, more than the %s that are allowed\n  Ask for less, or allow it: --hours %d"
              .formatted(duration(seconds), duration(hours * HOUR), ceil(seconds * 1.5 / HOUR)));
    }
    return Optional.empty();
  }

  /** A word of warning before minutes of waiting; empty if there is no need for one. */
  public Optional<String> note() {
    return seconds < WORTH_A_NOTE
        ? Optional.empty()
        : Optional.of("this will take about " + duration(seconds) + ", by the operations it needs");
  }

  /** The sum, a line for each term. */
  public String memory() {
    StringBuilder sum = new StringBuilder("this needs about " + megabytes(heap()) + " of heap");
    sum.append(beside() < MEGA ? "" : " and " + megabytes(beside()) + " beside it").append(':');
    for (Need need : needs) {
      sum.append("\n    ").append(megabytes(need.heap()));
      sum.append(need.beside() < MEGA ? "" : " + " + megabytes(need.beside()));
      sum.append("  ").append(need.what());
      sum.append(need.settings().isEmpty() ? "" : " (" + need.settings() + ")");
    }
    return sum.toString();
  }

  static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%,.0f MB", bytes / MEGA);
  }

  private static long ceil(double number) {
    return (long) Math.ceil(number);
  }

  private static String duration(double seconds) {
    double hours = seconds / HOUR;
    return hours < 2
        ? String.format(Locale.ROOT, "%.0f minutes", seconds / 60)
        : String.format(
            Locale.ROOT, hours < 48 ? "%.0f hours" : "%,.0f days", hours < 48 ? hours : hours / 24);
  }
}
