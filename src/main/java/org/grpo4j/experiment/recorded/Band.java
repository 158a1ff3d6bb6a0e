package org.grpo4j.experiment.recorded;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.grpo4j.experiment.comparison.Comparison;

/**
 * What is expected of a measure: a lower and an upper bound, one of which may be {@code none}. A
 * number that was not measured is never within a band.
 */
public sealed interface Band permits WithinBand, DifferenceBand, RatioBand {

  /** Whether it came out so, one result a variant. */
  List<BandResult> check(SeedTable table);

  /** Whether it came out so in {@code comparison}, one result a variant. */
  default List<BandResult> check(Comparison comparison) {
    return check(SeedTable.of(comparison));
  }

  /**
   * Refuses names that do not exist.
   *
   * @throws IllegalArgumentException if there is one
   */
  void refuseUnknown(Set<String> variants, Set<String> measures);

  /** Refuses a band that excludes nothing or everything. */
  static void requireBounds(OptionalDouble min, OptionalDouble max) {
    if (min.isEmpty() && max.isEmpty()) {
      throw new IllegalArgumentException("min: must be given if there is no max");
    }
    if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
      throw new IllegalArgumentException(
          "min: must be at most max = " + max.getAsDouble() + ", got " + min.getAsDouble());
    }
  }

  /** Refuses a name that is not among {@code known}. */
  static void requireKnown(String field, String name, Set<String> known) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "bands: "
              + field
              + ": must be one of "
              + String.join(", ", known.stream().sorted().toList())
              + ", got \""
              + name
              + "\"");
    }
  }
}
