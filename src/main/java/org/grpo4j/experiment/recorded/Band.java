package org.grpo4j.experiment.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.config.Settings;
import org.grpo4j.math.Require;

/**
 * The expectation of a measure: a lower and an upper bound, one of which may be {@code none}. A
 * number that was not measured is never within a band.
 */
public sealed interface Band {

  /** Whether it came out so, one result a variant. */
  List<BandResult> check(SeedTable table);

  /**
   * Refuses names that do not exist.
   *
   * @throws IllegalArgumentException if there is one
   */
  void refuseUnknown(Set<String> variants, Set<String> measures);

  @Kind(value = "within", description = "A measure lies between two bounds.")
  record Within(
      @Setting("Name of the measure.") String measure,
      @Setting(value = "Which variants; none named means all.", byDefault = "[]")
          List<String> variants,
      @Setting(value = "Over which seeds.", byDefault = "every-seed") Judge judge,
      @Setting(value = "Lower bound, included.", byDefault = "none") OptionalDouble min,
      @Setting(value = "Upper bound, included.", byDefault = "none") OptionalDouble max)
      implements Band {

    public Within {
      variants = List.copyOf(variants);
      Band.requireBounds(min, max);
    }

    @Override
    public List<BandResult> check(SeedTable table) {
      List<BandResult> results = new ArrayList<>();
      for (String name : variants.isEmpty() ? table.variants() : variants) {
        Map<Long, Double> numbers = table.numbers(measure, name);
        results.add(BandResult.of(measure + " of " + name, judge, min, max, numbers));
      }
      return results;
    }

    @Override
    public void refuseUnknown(Set<String> knownVariants, Set<String> knownMeasures) {
      Band.requireKnown("measure", measure, knownMeasures);
      variants.forEach(name -> Band.requireKnown("variants", name, knownVariants));
    }
  }

  @Kind(
      value = "difference",
      description = "A number minus another of the same seed lies between two bounds.")
  record Difference(@Inline Pair pair) implements Band {

    @Override
    public List<BandResult> check(SeedTable table) {
      return pair.check(table, "minus", (number, other) -> number - other);
    }

    @Override
    public void refuseUnknown(Set<String> variants, Set<String> measures) {
      pair.refuseUnknown(variants, measures);
    }
  }

  @Kind(
      value = "ratio",
      description = "A number over another of the same seed lies between two bounds.")
  record Ratio(@Inline Pair pair) implements Band {

    @Override
    public List<BandResult> check(SeedTable table) {
      return pair.check(table, "over", (number, other) -> number / other);
    }

    @Override
    public void refuseUnknown(Set<String> variants, Set<String> measures) {
      pair.refuseUnknown(variants, measures);
    }
  }

  /** Over which seeds an expectation is meant. */
  enum Judge {
    /** In every seed. */
    EVERY_SEED,
    /** In at least four of five seeds. */
    MOST_SEEDS,
    /** For the mean over the seeds. */
    MEAN;

    /** For people, such as {@code every seed}. */
    public String label() {
      return Settings.constant(this).replace('-', ' ');
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
          "bands: %s: must be one of %s, got \"%s\""
              .formatted(field, String.join(", ", known.stream().sorted().toList()), name));
    }
  }
}
