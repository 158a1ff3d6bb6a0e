package org.grpo4j.experiment.comparison;

import java.util.List;
import java.util.Optional;
import org.grpo4j.experiment.statistics.Holm;
import org.grpo4j.experiment.statistics.RequiredSeeds;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;

/**
 * The number of tests that a reader sees at once, and of those that survive a correction for it.
 *
 * @param tests paired comparisons with the first experiment, by Student's t, costs left out
 * @param shown how many have a p-value below 0.05, each for itself
 * @param shownAfterHolm how many still have if all are corrected together, see {@link Holm}
 */
public record Multiplicity(int tests, int shown, int shownAfterHolm) {

  /** That of all rows of these measures. */
  public static Multiplicity of(List<MeasureComparison> measures) {
    DoubleVector pValues =
        DoubleVector.of(
            measures.stream()
                .flatMap(measure -> measure.rows().stream())
                .flatMapToDouble(row -> row.pValue().stream())
                .toArray());
    return new Multiplicity(
        pValues.size(), significant(pValues), significant(Holm.adjusted(pValues)));
  }

  private static int significant(DoubleVector pValues) {
    int significant = 0;
    for (double p : pValues.toArray()) {
      significant += p < RequiredSeeds.SIGNIFICANCE ? 1 : 0;
    }
    return significant;
  }

  /** The number that would be shown one by one if there were no differences at all. */
  public double expectedByChance() {
    return RequiredSeeds.SIGNIFICANCE * tests;
  }

  /** One sentence for readers; none for a single test, which needs no correction. */
  public Optional<String> sentence() {
    return tests < 2
        ? Optional.empty()
        : Optional.of(
            ("%s tests in these rows: %s shown one by one, where chance alone would show about %s;"
                    + " %s after Holm's correction for all of them.")
                .formatted(tests, shown, Numbers.brief(expectedByChance()), shownAfterHolm));
  }
}
