package org.grpo4j.experiment.recorded;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.grpo4j.declare.Setting;

/**
 * Two numbers of the same seed, and the bounds for what is made of them. The other number is that
 * of another variant, of another measure, or both.
 *
 * @param measure name of the measure
 * @param variants which variants; empty for all but the other one
 * @param otherVariant the other variant; empty for the same
 * @param otherMeasure the other measure; empty for the same
 * @param judge over which seeds
 * @param min lower bound, included
 * @param max upper bound, included
 */
public record Pair(
    @Setting("Name of the measure.") String measure,
    @Setting(value = "Which variants; none named means all but the other one.", byDefault = "[]")
        List<String> variants,
    @Setting(value = "The other variant; not given for the same.", byDefault = "\"\"")
        String otherVariant,
    @Setting(value = "The other measure; not given for the same.", byDefault = "\"\"")
        String otherMeasure,
    @Setting(value = "Over which seeds.", byDefault = "every-seed") Judge judge,
    @Setting(value = "Lower bound, included.", byDefault = "none") OptionalDouble min,
    @Setting(value = "Upper bound, included.", byDefault = "none") OptionalDouble max) {

  /** What is made of the two numbers. */
  enum Operation {
    MINUS,
    OVER
  }

  public Pair {
    variants = List.copyOf(variants);
    Band.requireBounds(min, max);
    if (otherVariant.isEmpty() && otherMeasure.isEmpty()) {
      throw new IllegalArgumentException(
          "otherVariant: must be given if there is no other_measure");
    }
  }

  List<BandResult> check(SeedTable table, Operation operation) {
    List<String> names =
        !variants.isEmpty()
            ? variants
            : table.variants().stream().filter(name -> !name.equals(otherVariant)).toList();
    return names.stream().map(name -> check(table, operation, name)).toList();
  }

  private BandResult check(SeedTable table, Operation operation, String name) {
    String ofVariant = otherVariant.isEmpty() ? name : otherVariant;
    String ofMeasure = otherMeasure.isEmpty() ? measure : otherMeasure;
    SeedNumbers numbers = SeedNumbers.of(table, measure, name);
    SeedNumbers others = SeedNumbers.of(table, ofMeasure, ofVariant);
    boolean isDifference = operation == Operation.MINUS;
    return BandResult.of(
        String.join(
            " ",
            measure + " of " + name,
            isDifference ? "minus" : "over",
            ofMeasure + " of " + ofVariant),
        judge,
        min,
        max,
        isDifference ? numbers.minus(others) : numbers.over(others));
  }

  void refuseUnknown(Set<String> knownVariants, Set<String> knownMeasures) {
    Band.requireKnown("measure", measure, knownMeasures);
    variants.forEach(name -> Band.requireKnown("variants", name, knownVariants));
    if (!otherVariant.isEmpty()) {
      Band.requireKnown("other_variant", otherVariant, knownVariants);
    }
    if (!otherMeasure.isEmpty()) {
      Band.requireKnown("other_measure", otherMeasure, knownMeasures);
    }
  }
}
