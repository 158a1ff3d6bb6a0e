package org.grpo4j.experiment.recorded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.MeasureComparison;

/**
 * One number a seed.
 *
 * @param bySeed the numbers
 */
record SeedNumbers(Map<Long, Double> bySeed) {

  SeedNumbers {
    bySeed = new LinkedHashMap<>(bySeed);
  }

  static List<String> experiments(Comparison comparison) {
    return comparison.experiments().stream().map(ComparedExperiment::name).toList();
  }

  /** The numbers of a measure; none if nothing was measured. */
  static SeedNumbers of(Comparison comparison, String measure, String experiment) {
    Optional<MeasureComparison.Row> row =
        comparison.measure(measure).flatMap(measured -> measured.row(experiment));
    Map<Long, Double> numbers = new LinkedHashMap<>();
    row.ifPresent(found -> found.seeds().forEach(seed -> numbers.put(seed, found.of(seed))));
    return new SeedNumbers(numbers);
  }

  /** Differences of the seeds both have. */
  SeedNumbers minus(SeedNumbers others) {
    return pairs(others, (number, other) -> number - other);
  }

  /** Ratios of the seeds both have. */
  SeedNumbers over(SeedNumbers others) {
    return pairs(others, (number, other) -> number / other);
  }

  private SeedNumbers pairs(SeedNumbers others, DoubleBinaryOperator operator) {
    Map<Long, Double> numbers = new LinkedHashMap<>();
    bySeed.forEach(
        (seed, number) -> {
          Double other = others.bySeed.get(seed);
          if (other != null) {
            numbers.put(seed, operator.applyAsDouble(number, other));
          }
        });
    return new SeedNumbers(numbers);
  }

  double[] values() {
    return bySeed.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
