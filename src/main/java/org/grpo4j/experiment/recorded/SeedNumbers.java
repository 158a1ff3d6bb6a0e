package org.grpo4j.experiment.recorded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * One number a seed.
 *
 * @param bySeed the numbers
 */
record SeedNumbers(Map<Long, Double> bySeed) {

  SeedNumbers {
    bySeed = new LinkedHashMap<>(bySeed);
  }

  /** The numbers of a measure; none if nothing was measured. */
  static SeedNumbers of(SeedTable table, String measure, String variant) {
    return new SeedNumbers(table.numbers(measure, variant));
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
