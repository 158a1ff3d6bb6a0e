package org.grpo4j.experiment.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.Holm;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.statistics.ProbabilityOfImprovement;
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
   * @param seeds the seeds that have the number, ascending
   * @param summary mean and interval; none if no run has the number
   * @param againstFirst the paired difference from the first experiment over the seeds both have;
   *     none for the first, for costs, if there is no such seed, and if it is withheld
   * @param unpairedProbabilityOfImprovement that a run of this experiment is larger than one of the
   *     first, whatever their seeds; given where {@code againstFirst} could be
   * @param holmPValue that of Student's t, corrected for the number of experiments that are
   *     compared with the first by this measure; none without {@code againstFirst} and for one seed
   * @param isWithheld whether the difference is not given because it would compare how busy the
   *     machine was, see {@link ClockSpread}
   */
  public record Row(
      String experiment,
      List<Long> seeds,
      Optional<SampleSummary> summary,
      Optional<PairedComparison> againstFirst,
      Optional<ProbabilityOfImprovement> unpairedProbabilityOfImprovement,
      OptionalDouble holmPValue,
      boolean isWithheld) {

    public Row {
      seeds = List.copyOf(seeds);
    }

    private static Row alone(String experiment, List<Long> seeds, Optional<SampleSummary> summary) {
      return new Row(
          experiment,
          seeds,
          summary,
          Optional.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          false);
    }

    private Row withHolmPValue(double p) {
      return new Row(
          experiment,
          seeds,
          summary,
          againstFirst,
          unpairedProbabilityOfImprovement,
          OptionalDouble.of(p),
          isWithheld);
    }

    /** The p-value of Student's t; none where nothing was tested. */
    OptionalDouble pValue() {
      return againstFirst.stream()
          .mapToDouble(PairedComparison::tTestPValue)
          .filter(p -> !Double.isNaN(p))
          .findFirst();
    }

    /** The number of one seed; {@code NaN} if it is not there. */
    public double of(long seed) {
      int index = Collections.binarySearch(seeds, seed);
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
      CommonRange all,
      ClockSpread clock,
      Bootstrap bootstrap) {
    Map<String, Map<Long, Double>> numbers = new LinkedHashMap<>();
    for (ComparedExperiment experiment : experiments) {
      Map<Long, Double> bySeed = new LinkedHashMap<>();
      for (FinishedRun run : experiment.runs()) {
        double value = measure.source().of(run, all);
        if (Double.isFinite(value)) {
          bySeed.put(run.seed(), value);
        }
      }
      numbers.put(experiment.name(), bySeed);
    }
    boolean isShare =
        experiments.stream()
            .flatMap(experiment -> experiment.runs().stream().map(FinishedRun::settings))
            .distinct()
            .allMatch(measure::isShare);
    return of(measure, numbers, name -> isShare, clock, bootstrap);
  }

  /**
   * Compares numbers that have been measured already.
   *
   * @param numbers experiment, seed; the first experiment is the one differences are from
   * @param isShare whether the measure is a share in the experiment of this name
   */
  public static MeasureComparison of(
      Measure measure,
      Map<String, Map<Long, Double>> numbers,
      Predicate<String> isShare,
      ClockSpread clock,
      Bootstrap bootstrap) {
    List<Row> rows = new ArrayList<>();
    numbers.forEach(
        (name, bySeed) -> {
          List<Long> seeds = bySeed.keySet().stream().sorted().toList();
          Optional<SampleSummary> summary =
              seeds.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      SampleSummary.of(
                          vector(seeds.stream().map(bySeed::get).toList()), bootstrap));
          Row row = Row.alone(name, seeds, summary);
          boolean isFirst = rows.isEmpty() || measure.isCost();
          rows.add(isFirst ? row : against(rows.get(0), row, measure, isShare, clock, bootstrap));
        });
    return new MeasureComparison(measure, corrected(rows));
  }

  /** These rows with their p-values corrected for their number. */
  private static List<Row> corrected(List<Row> rows) {
    DoubleVector adjusted =
        Holm.adjusted(
            DoubleVector.of(rows.stream().flatMapToDouble(row -> row.pValue().stream()).toArray()));
    List<Row> corrected = new ArrayList<>();
    int tests = 0;
    for (Row row : rows) {
      corrected.add(row.pValue().isEmpty() ? row : row.withHolmPValue(adjusted.get(tests++)));
    }
    return corrected;
  }

  private static Row against(
      Row first,
      Row row,
      Measure measure,
      Predicate<String> isShare,
      ClockSpread clock,
      Bootstrap bootstrap) {
    boolean areShares = isShare.test(first.experiment()) && isShare.test(row.experiment());
    boolean isWithheld =
        measure.dependsOnTheMachine()
            && !(clock.isSteady(first.experiment()) && clock.isSteady(row.experiment()));
    return new Row(
        row.experiment(),
        row.seeds(),
        row.summary(),
        isWithheld ? Optional.empty() : paired(first, row, areShares, bootstrap),
        isWithheld ? Optional.empty() : unpaired(first, row, bootstrap),
        OptionalDouble.empty(),
        isWithheld);
  }

  private static Optional<PairedComparison> paired(
      Row first, Row other, boolean isShare, Bootstrap bootstrap) {
    List<Double> firstValues = new ArrayList<>();
    List<Double> otherValues = new ArrayList<>();
    for (long seed : other.seeds()) {
      double firstValue = first.of(seed);
      if (!Double.isNaN(firstValue)) {
        firstValues.add(firstValue);
        otherValues.add(other.of(seed));
      }
    }
    return firstValues.isEmpty()
        ? Optional.empty()
        : Optional.of(
            PairedComparison.of(vector(firstValues), vector(otherValues), isShare, bootstrap));
  }

  private static Optional<ProbabilityOfImprovement> unpaired(
      Row first, Row other, Bootstrap bootstrap) {
    return first
        .summary()
        .flatMap(
            from ->
                other
                    .summary()
                    .map(
                        to ->
                            ProbabilityOfImprovement.unpaired(
                                from.values(), to.values(), bootstrap)));
  }

  private static DoubleVector vector(List<Double> values) {
    return DoubleVector.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
