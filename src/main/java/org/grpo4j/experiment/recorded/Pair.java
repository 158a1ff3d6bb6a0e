package org.grpo4j.experiment.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import org.grpo4j.declare.Setting;

/**
 * Two numbers of the same seed, and the bounds for what is made of them. The other number is that
 * of another variant, of another measure, or both.
 */
public record Pair(
    @Setting("Name of the measure.") String measure,
    @Setting(value = "Which variants; none named means all but the other one.", byDefault = "[]")
        List<String> variants,
    @Setting(value = "The other variant; not given for the same.", byDefault = "\"\"")
        String otherVariant,
    @Setting(value = "The other measure; not given for the same.", byDefault = "\"\"")
        String otherMeasure,
    @Setting(value = "Over which seeds.", byDefault = "every-seed") Band.Judge judge,
    @Setting(value = "Lower bound, included.", byDefault = "none") OptionalDouble min,
    @Setting(value = "Upper bound, included.", byDefault = "none") OptionalDouble max) {

  public Pair {
    variants = List.copyOf(variants);
    Band.requireBounds(min, max);
    if (otherVariant.isEmpty() && otherMeasure.isEmpty()) {
      throw new IllegalArgumentException(
          "otherVariant: must be given if there is no other_measure");
    }
  }

  List<BandResult> check(SeedTable table, String word, DoubleBinaryOperator operation) {
    List<String> names =
        !variants.isEmpty()
            ? variants
            : table.variants().stream().filter(name -> !name.equals(otherVariant)).toList();
    List<BandResult> results = new ArrayList<>();
    for (String name : names) {
      String ofVariant = otherVariant.isEmpty() ? name : otherVariant;
      String ofMeasure = otherMeasure.isEmpty() ? measure : otherMeasure;
      Map<Long, Double> numbers =
          SeedTable.paired(
              table.numbers(measure, name), table.numbers(ofMeasure, ofVariant), operation);
      String what = "%s of %s %s %s of %s".formatted(measure, name, word, ofMeasure, ofVariant);
      results.add(BandResult.of(what, judge, min, max, numbers));
    }
    return results;
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
