package org.grpo4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.train.evaluation.Evaluation;

/**
 * Advice on a run that could not learn. Reinforcement learning sharpens what a policy does
 * sometimes; from one that never succeeds it learns nothing, however long it runs.
 */
final class RunHints {

  /** Below this share of solved problems many samples of each find too little to sharpen. */
  private static final double LOW_PASS = 0.5;

  /** From this share on nearly all groups are dead. */
  private static final double NEARLY_ALL = 0.9;

  /** The accuracy that counts as having learnt it after all. */
  private static final double LEARNT = 0.5;

  private static final String LENGTHEN =
      "nothing to sharpen: %s; lengthen cold_start.steps"
          + " (experiments/recorded/cold-start-length.md)";

  private RunHints() {}

  /**
   * The hints for a run with these evaluations; none for one that has learnt.
   *
   * @param deadGroups share of dead groups of every update; {@code NaN} where there is none
   */
  static List<String> of(Evaluation before, Evaluation after, DoubleVector deadGroups) {
    if (deadGroups.size() == 0 || after.greedyAccuracy().value() >= LEARNT) {
      return List.of();
    }
    List<String> reasons = new ArrayList<>();
    Optional<Evaluation.AtK> pass = before.sampled().flatMap(RunHints::mostSamples);
    pass.filter(score -> score.value() < LOW_PASS)
        .ifPresent(
            score -> reasons.add("pass@" + score.k() + two(" before was %.2f", score.value())));
    double dead = Moments.ofPresent(deadGroups.toArray()).mean();
    if (dead >= NEARLY_ALL) {
      reasons.add(two("%.2f of the groups were dead", dead));
    }
    return reasons.isEmpty()
        ? List.of()
        : List.of(String.format(Locale.ROOT, LENGTHEN, String.join(" and ", reasons)));
  }

  /** pass@16 if it was measured, otherwise the nearest below. */
  private static Optional<Evaluation.AtK> mostSamples(Evaluation.Sampled sampled) {
    return sampled.passAtK().stream().filter(score -> score.k() <= 16).reduce((a, b) -> b);
  }

  private static String two(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
