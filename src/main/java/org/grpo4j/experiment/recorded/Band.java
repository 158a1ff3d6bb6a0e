package org.grpo4j.experiment.recorded;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.math.Require;

/**
 * What is expected of a measure: a lower and an upper bound, one of which may be {@code none}. A
 * number that was not measured is never within a band.
 */
public sealed interface Band permits WithinBand, Band.Difference, Band.Ratio {

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

  /**
   * A number minus another of the same seed lies between two bounds.
   *
   * @param pair the two numbers and the bounds
   */
  @Kind(
      value = "difference",
      description = "A number minus another of the same seed lies between two bounds.")
  record Difference(@Inline Pair pair) implements Band {

    @Override
    public List<BandResult> check(SeedTable table) {
      return pair.check(table, Pair.Operation.MINUS);
    }

    @Override
    public void refuseUnknown(Set<String> variants, Set<String> measures) {
      pair.refuseUnknown(variants, measures);
    }
  }

  /**
   * A number over another of the same seed lies between two bounds.
   *
   * @param pair the two numbers and the bounds
   */
  @Kind(
      value = "ratio",
      description = "A number over another of the same seed lies between two bounds.")
  record Ratio(@Inline Pair pair) implements Band {

    @Override
    public List<BandResult> check(SeedTable table) {
      return pair.check(table, Pair.Operation.OVER);
    }

    @Override
    public void refuseUnknown(Set<String> variants, Set<String> measures) {
      pair.refuseUnknown(variants, measures);
    }
  }

  /** Refuses a band that excludes nothing or everything. */
  static void requireBounds(OptionalDouble min, OptionalDouble max) {
    Require.that(min.isPresent() || max.isPresent(), "min: must be given if there is no max");
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
