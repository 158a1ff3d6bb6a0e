package org.grpo4j.experiment.recorded;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;

/**
 * A number minus another of the same seed lies between two bounds. The other number is that of
 * another variant, of another measure, or both.
 *
 * @param measure name of the measure
 * @param variants which variants; empty for all but the other one
 * @param minusVariant the other variant; empty for the same
 * @param minusMeasure the other measure; empty for the same
 * @param judge over which seeds
 * @param min lower bound, included
 * @param max upper bound, included
 */
@Kind(
    value = "difference",
    description = "A number minus another of the same seed lies between two bounds.")
public record DifferenceBand(
    @Setting("Name of the measure.") String measure,
    @Setting(value = "Which variants; none named means all but the other one.", byDefault = "[]")
        List<String> variants,
    @Setting(value = "The other variant; not given for the same.", byDefault = "\"\"")
        String minusVariant,
    @Setting(value = "The other measure; not given for the same.", byDefault = "\"\"")
        String minusMeasure,
    @Setting(value = "Over which seeds.", byDefault = "every-seed") Judge judge,
    @Setting(value = "Lower bound, included.", byDefault = "none") OptionalDouble min,
    @Setting(value = "Upper bound, included.", byDefault = "none") OptionalDouble max)
    implements Band {

  public DifferenceBand {
    variants = List.copyOf(variants);
    Band.requireBounds(min, max);
    if (minusVariant.isEmpty() && minusMeasure.isEmpty()) {
      throw new IllegalArgumentException(
          "minusVariant: must be given if there is no minus_measure");
    }
  }

  @Override
  public List<BandResult> check(SeedTable table) {
    List<String> names =
        !variants.isEmpty()
            ? variants
            : table.variants().stream().filter(name -> !name.equals(minusVariant)).toList();
    return names.stream().map(name -> check(table, name)).toList();
  }

  private BandResult check(SeedTable table, String name) {
    String otherVariant = minusVariant.isEmpty() ? name : minusVariant;
    String otherMeasure = minusMeasure.isEmpty() ? measure : minusMeasure;
    SeedNumbers numbers = SeedNumbers.of(table, measure, name);
    SeedNumbers others = SeedNumbers.of(table, otherMeasure, otherVariant);
    String what = measure + " of " + name + " minus " + otherMeasure + " of " + otherVariant;
    return BandResult.of(what, judge, min, max, numbers.minus(others));
  }

  @Override
  public void refuseUnknown(Set<String> knownVariants, Set<String> knownMeasures) {
    Band.requireKnown("measure", measure, knownMeasures);
    variants.forEach(name -> Band.requireKnown("variants", name, knownVariants));
    if (!minusVariant.isEmpty()) {
      Band.requireKnown("minus_variant", minusVariant, knownVariants);
    }
    if (!minusMeasure.isEmpty()) {
      Band.requireKnown("minus_measure", minusMeasure, knownMeasures);
    }
  }
}
