package org.grpo4j.experiment.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.math.Numbers;

/**
 * Whether new numbers agree with recorded ones. On the machine of the record, with the same
 * program, they are the same to the last bit. Elsewhere rounding differs, training is chaotic, and
 * only the distribution over seeds can agree: a number is called changed if Welch's t test tells
 * the two sets of seeds apart at {@value #SIGNIFICANCE}, divided by the number of comparisons
 * (Bonferroni). Costs belong to the machine and are not compared, nor are measures that the record
 * does not have.
 *
 * @param identical how many numbers are the same in every seed
 * @param compatible how many differ no more than seeds do
 * @param changes what has changed, one sentence each
 */
public record RecordCheck(int identical, int compatible, List<String> changes) {

  /** Probability of finding any change where there is none. */
  public static final double SIGNIFICANCE = 0.01;

  public RecordCheck {
    changes = List.copyOf(changes);
  }

  /** Whether nothing has changed. */
  public boolean holds() {
    return changes.isEmpty();
  }

  /** Whether every number that was compared is the same in every seed. */
  public boolean isIdentical() {
    return holds() && compatible == 0;
  }

  /** Compares {@code now} with {@code recorded}. */
  public static RecordCheck of(RecordedResult recorded, Comparison now) {
    List<String> changes = new ArrayList<>();
    for (ComparedExperiment experiment : now.experiments()) {
      changes.addAll(changedSettings(recorded, experiment));
    }
    List<MeasureComparison> results =
        now.measures().stream()
            .filter(found -> !found.measure().isCost())
            .filter(found -> !found.measure().dependsOnTheMachine())
            .filter(found -> recorded.values().containsKey(found.measure().name()))
            .toList();
    int comparisons = Math.max(1, results.size() * now.experiments().size());
    int identical = 0;
    int compatible = 0;
    for (MeasureComparison measure : results) {
      for (MeasureComparison.Row row : measure.rows()) {
        String name = measure.measure().name();
        Map<Long, Double> before = recorded.table().numbers(name, row.experiment());
        double[] old = SeedTable.values(before);
        double[] fresh = row.seeds().stream().mapToDouble(row::of).toArray();
        if (sameInEverySeed(before, row)) {
          identical++;
        } else if (agree(old, fresh, SIGNIFICANCE / comparisons)) {
          compatible++;
        } else {
          changes.add(
              "%s of %s: %s was recorded, now %s"
                  .formatted(name, row.experiment(), mean(old), mean(fresh)));
        }
      }
    }
    return new RecordCheck(identical, compatible, changes);
  }

  /** Settings the program did not have at the time of the record are no change. */
  private static List<String> changedSettings(
      RecordedResult recorded, ComparedExperiment experiment) {
    String name = experiment.name();
    FinishedRun run = experiment.runs().get(0);
    String hash = recorded.configHashes().get(name);
    if (hash == null) {
      return List.of(name + ": is not in the record; record again");
    }
    List<String> changes = new ArrayList<>();
    if (!hash.equals(run.provenance().configHash())) {
      recorded
          .settings()
          .getOrDefault(name, Map.of())
          .forEach(
              (key, before) -> {
                String after = run.settings().getOrDefault(key, "nothing");
                if (!after.equals(before)) {
                  changes.add(name + ": " + key + " was " + before + ", now " + after);
                }
              });
    }
    return changes;
  }

  private static boolean sameInEverySeed(Map<Long, Double> before, MeasureComparison.Row row) {
    return before.size() == row.seeds().size()
        && row.seeds().stream()
            .allMatch(seed -> Double.valueOf(row.of(seed)).equals(before.get(seed)));
  }

  private static boolean agree(double[] old, double[] fresh, double significance) {
    if (old.length < 2 || fresh.length < 2) {
      return false;
    }
    if (StatUtils.variance(old) + StatUtils.variance(fresh) == 0) {
      return old[0] == fresh[0];
    }
    return new TTest().tTest(old, fresh) >= significance;
  }

  private static String mean(double[] values) {
    return values.length == 0 ? "nothing" : Numbers.brief(StatUtils.mean(values));
  }
}
