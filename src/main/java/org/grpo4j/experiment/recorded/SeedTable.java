package org.grpo4j.experiment.recorded;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.grpo4j.experiment.comparison.ClockSpread;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.MeasureComparison;

/**
 * The numbers of an experiment, measured just now or read from a record: what bands are judged by.
 *
 * @param variants names of the variants, the one differences are from first
 * @param values measure, variant, seed
 */
public record SeedTable(List<String> variants, Map<String, Map<String, Map<Long, Double>>> values) {

  public SeedTable {
    variants = List.copyOf(variants);
    values = new LinkedHashMap<>(values);
  }

  /** The numbers of {@code comparison}. */
  public static SeedTable of(Comparison comparison) {
    Map<String, Map<String, Map<Long, Double>>> values = new LinkedHashMap<>();
    for (MeasureComparison measure : comparison.measures()) {
      Map<String, Map<Long, Double>> byVariant = new LinkedHashMap<>();
      for (MeasureComparison.Row row : measure.rows()) {
        Map<Long, Double> bySeed = new LinkedHashMap<>();
        row.seeds().forEach(seed -> bySeed.put(seed, row.of(seed)));
        byVariant.put(row.experiment(), bySeed);
      }
      values.put(measure.measure().name(), byVariant);
    }
    return new SeedTable(
        comparison.experiments().stream().map(ComparedExperiment::name).toList(), values);
  }

  /**
   * The steadiness of the machine. A record made before {@code seconds-per-gflop} was measured has
   * the seconds and the operations of an update, which say nearly the same.
   */
  public ClockSpread clock() {
    Map<String, Collection<Double>> numbers = new LinkedHashMap<>();
    for (String variant : variants) {
      Map<Long, Double> found = numbers("seconds-per-gflop", variant);
      if (found.isEmpty()) {
        Map<Long, Double> flops = numbers("flops-per-update", variant);
        found = paired(numbers("seconds-per-update", variant), flops, (one, other) -> one / other);
      }
      numbers.put(variant, found.values());
    }
    return ClockSpread.of(numbers);
  }

  /** The results of {@code operation} for the seeds that both have. */
  static Map<Long, Double> paired(
      Map<Long, Double> numbers, Map<Long, Double> others, DoubleBinaryOperator operation) {
    Map<Long, Double> results = new LinkedHashMap<>();
    numbers.forEach(
        (seed, number) -> {
          Double other = others.get(seed);
          if (other != null) {
            results.put(seed, operation.applyAsDouble(number, other));
          }
        });
    return results;
  }

  /** The numbers alone. */
  public static double[] values(Map<Long, Double> bySeed) {
    return bySeed.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The numbers of a measure and variant by seed; empty if there are none. */
  public Map<Long, Double> numbers(String measure, String variant) {
    return values.getOrDefault(measure, Map.of()).getOrDefault(variant, Map.of());
  }
}
