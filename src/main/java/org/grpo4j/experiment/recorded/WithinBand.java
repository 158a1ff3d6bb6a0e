package org.grpo4j.experiment.recorded;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;

/**
 * A measure lies between two bounds.
 *
 * @param measure name of the measure
 * @param variants which variants; empty for all
 * @param judge over which seeds
 * @param min lower bound, included
 * @param max upper bound, included
 */
@Kind(value = "within", description = "A measure lies between two bounds.")
public record WithinBand(
    @Setting("Name of the measure.") String measure,
    @Setting(value = "Which variants; none named means all.", byDefault = "[]")
        List<String> variants,
    @Setting(value = "Over which seeds.", byDefault = "every-seed") Judge judge,
    @Setting(value = "Lower bound, included.", byDefault = "none") OptionalDouble min,
    @Setting(value = "Upper bound, included.", byDefault = "none") OptionalDouble max)
    implements Band {

  public WithinBand {
    variants = List.copyOf(variants);
    Band.requireBounds(min, max);
  }

  @Override
  public List<BandResult> check(SeedTable table) {
    List<String> names = variants.isEmpty() ? table.variants() : variants;
    return names.stream()
        .map(
            name ->
                BandResult.of(
                    measure + " of " + name, judge, min, max, SeedNumbers.of(table, measure, name)))
        .toList();
  }

  @Override
  public void refuseUnknown(Set<String> knownVariants, Set<String> knownMeasures) {
    Band.requireKnown("measure", measure, knownMeasures);
    variants.forEach(name -> Band.requireKnown("variants", name, knownVariants));
  }
}
