package org.grpo4j.experiment.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.statistics.SampleSummary;
import org.grpo4j.math.DoubleVector;

/**
 * One measure in all experiments.
 *
 * @param measure what was measured
 * @param rows one an experiment, in the order of the comparison
 */
public record MeasureComparison(Measure measure, List<Row> rows) {

  public MeasureComparison {
    rows = List.copyOf(rows);
  }

  /**
   * One experiment's numbers.
   *
   * @param experiment its name
   * @param seeds the seeds that have the number
   * @param summary mean and interval; none if no run has the number
   * @param againstFirst the paired difference from the first experiment over the seeds both have;
   *     none for the first, for costs, if there is no such seed, and if it is withheld
   * @param isWithheld whether the difference is not given because it would compare how busy the
   *     machine was, see {@link ClockSpread}
   */
  public record Row(
      String experiment,
      List<Long> seeds,
      Optional<SampleSummary> summary,
      Optional<PairedComparison> againstFirst,
      boolean isWithheld) {

    public Row {
      seeds = List.copyOf(seeds);
    }

    /** The number of one seed; {@code NaN} if it is not there. */
    public double of(long seed) {
      int index = seeds.indexOf(seed);
      return index < 0 ? Double.NaN : summary.orElseThrow().values().get(index);
    }
  }

  /** The row of the experiment called {@code name}. */
  public Optional<Row> row(String name) {
    return rows.stream().filter(row -> row.experiment().equals(name)).findFirst();
  }

  /** Whether some run has the number. */
  public boolean isMeasured() {
    return rows.stream().anyMatch(row -> row.summary().isPresent());
  }

  /** Measures all runs. */
  static MeasureComparison of(
      Measure measure,
      List<ComparedExperiment> experiments,
      ClockSpread clock,
      Bootstrap bootstrap) {
    List<FinishedRun> all = experiments.stream().flatMap(e -> e.runs().stream()).toList();
    boolean isShare = all.stream().allMatch(run -> measure.isShare(run.settings()));
    List<Row> rows = new ArrayList<>();
    for (ComparedExperiment experiment : experiments) {
      List<Long> seeds = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (FinishedRun run : experiment.runs()) {
        double value = measure.source().of(run, all);
        if (Double.isFinite(value)) {
          seeds.add(run.seed());
          values.add(value);
        }
      }
      Optional<SampleSummary> summary =
          values.isEmpty()
              ? Optional.empty()
              : Optional.of(SampleSummary.of(vector(values), bootstrap));
      Row row = new Row(experiment.name(), seeds, summary, Optional.empty(), false);
      rows.add(
          rows.isEmpty() || measure.isCost()
              ? row
              : against(rows.get(0), row, measure, isShare, clock, bootstrap));
    }
    return new MeasureComparison(measure, rows);
  }

  private static Row against(
      Row first,
      Row row,
      Measure measure,
      boolean isShare,
      ClockSpread clock,
      Bootstrap bootstrap) {
    boolean isWithheld =
        measure.dependsOnTheMachine()
            && !(clock.isSteady(first.experiment()) && clock.isSteady(row.experiment()));
    return new Row(
        row.experiment(),
        row.seeds(),
        row.summary(),
        isWithheld ? Optional.empty() : paired(first, row, isShare, bootstrap),
        isWithheld);
  }

  private static Optional<PairedComparison> paired(
      Row first, Row other, boolean isShare, Bootstrap bootstrap) {
    List<Double> firstValues = new ArrayList<>();
    List<Double> otherValues = new ArrayList<>();
    for (long seed : other.seeds()) {
      if (first.seeds().contains(seed)) {
        firstValues.add(first.of(seed));
        otherValues.add(other.of(seed));
      }
    }
    return firstValues.isEmpty()
        ? Optional.empty()
        : Optional.of(
            PairedComparison.of(vector(firstValues), vector(otherValues), isShare, bootstrap));
  }

  private static DoubleVector vector(List<Double> values) {
    return DoubleVector.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
