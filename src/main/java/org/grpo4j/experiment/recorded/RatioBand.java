package org.grpo4j.experiment.recorded;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;

/**
 * A number over another of the same seed lies between two bounds. The other number is that of
 * another variant, of another measure, or both.
 *
 * @param measure name of the measure
 * @param variants which variants; empty for all but the other one
 * @param overVariant the other variant; empty for the same
 * @param overMeasure the other measure; empty for the same
 * @param judge over which seeds
 * @param min lower bound, included
 * @param max upper bound, included
 */
@Kind(
    value = "ratio",
    description = "A number over another of the same seed lies between two bounds.")
public record RatioBand(
    @Setting("Name of the measure.") String measure,
    @Setting(value = "Which variants; none named means all but the other one.", byDefault = "[]")
        List<String> variants,
    @Setting(value = "The other variant; not given for the same.", byDefault = "\"\"")
        String overVariant,
    @Setting(value = "The other measure; not given for the same.", byDefault = "\"\"")
        String overMeasure,
    @Setting(value = "Over which seeds.", byDefault = "every-seed") Judge judge,
    @Setting(value = "Lower bound, included.", byDefault = "none") OptionalDouble min,
    @Setting(value = "Upper bound, included.", byDefault = "none") OptionalDouble max)
    implements Band {

  public RatioBand {
    variants = List.copyOf(variants);
    Band.requireBounds(min, max);
    if (overVariant.isEmpty() && overMeasure.isEmpty()) {
      throw new IllegalArgumentException("overVariant: must be given if there is no over_measure");
    }
  }

  @Override
  public List<BandResult> check(SeedTable table) {
    List<String> names =
        !variants.isEmpty()
            ? variants
            : table.variants().stream().filter(name -> !name.equals(overVariant)).toList();
    return names.stream().map(name -> check(table, name)).toList();
  }

  private BandResult check(SeedTable table, String name) {
    String otherVariant = overVariant.isEmpty() ? name : overVariant;
    String otherMeasure = overMeasure.isEmpty() ? measure : overMeasure;
    SeedNumbers numbers = SeedNumbers.of(table, measure, name);
    SeedNumbers others = SeedNumbers.of(table, otherMeasure, otherVariant);
    String what = measure + " of " + name + " over " + otherMeasure + " of " + otherVariant;
    return BandResult.of(what, judge, min, max, numbers.over(others));
  }

  @Override
  public void refuseUnknown(Set<String> knownVariants, Set<String> knownMeasures) {
    Band.requireKnown("measure", measure, knownMeasures);
    variants.forEach(name -> Band.requireKnown("variants", name, knownVariants));
    if (!overVariant.isEmpty()) {
      Band.requireKnown("over_variant", overVariant, knownVariants);
    }
    if (!overMeasure.isEmpty()) {
      Band.requireKnown("over_measure", overMeasure, knownMeasures);
    }
  }
}
