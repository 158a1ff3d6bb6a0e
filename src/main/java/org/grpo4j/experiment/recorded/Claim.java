package org.grpo4j.experiment.recorded;

import java.util.Map;
import java.util.Set;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/** A statement of others, and the two numbers of an experiment that it is held against. */
public record Claim(
    @Setting("What was said.") String said,
    @Setting("The number there, with its source.") String there,
    @Setting("Name of the measure here.") String measure,
    @Setting("The variant that is said to be different.") String variant,
    @Setting("The variant from which.") String than,
    @Setting("What it is said to be.") Direction is) {

  public Claim {
    Require.that(!said.isBlank(), "said: must not be blank");
    Require.that(!variant.equals(than), "than", "another than the variant", than);
  }

  /** A direction of a difference. */
  public enum Direction {
    /** Larger. */
    MORE,
    /** Smaller. */
    LESS,
    /** Neither. */
    THE_SAME
  }

  /** The answer of an interval. */
  public enum Verdict {
    /** The whole interval lies on the side that was said. */
    SO_HERE("so here"),
    /** The interval holds zero, as was said. */
    NO_DIFFERENCE("no difference shown"),
    /** The interval leaves out zero, and no difference was said. */
    DIFFERENCE("**a difference here**"),
    /** The interval holds zero. */
    NOT_SHOWN("not shown here"),
    /** The whole interval lies on the other side. */
    OTHERWISE("**the other way here**"),
    /** There are fewer than two seeds. */
    UNKNOWN("too few seeds");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Whether some seed has both numbers. */
  public boolean isMeasured(SeedTable table) {
    return table.numbers(measure, variant).keySet().stream()
        .anyMatch(table.numbers(measure, than)::containsKey);
  }

  /** The differences {@code variant - than}, seed by seed; {@link #isMeasured} must hold. */
  public PairedComparison compared(SeedTable table) {
    Map<Long, Double> from = table.numbers(measure, than);
    Map<Long, Double> to = table.numbers(measure, variant);
    double[] first = SeedTable.values(SeedTable.paired(from, to, (one, other) -> one));
    double[] second = SeedTable.values(SeedTable.paired(to, from, (one, other) -> one));
    return PairedComparison.of(
        DoubleVector.of(first), DoubleVector.of(second), false, Bootstrap.STANDARD);
  }

  /** The verdict of Student's 95 % interval of these differences. */
  public Verdict verdict(PairedComparison compared) {
    return switch (compared.verdict()) {
      case MORE -> verdict(Direction.MORE);
      case LESS -> verdict(Direction.LESS);
      case NOT_SHOWN -> is == Direction.THE_SAME ? Verdict.NO_DIFFERENCE : Verdict.NOT_SHOWN;
      case ONE_SEED -> Verdict.UNKNOWN;
    };
  }

  private Verdict verdict(Direction found) {
    if (is == Direction.THE_SAME) {
      return Verdict.DIFFERENCE;
    }
    return found == is ? Verdict.SO_HERE : Verdict.OTHERWISE;
  }

  void refuseUnknown(Set<String> variants, Set<String> measures) {
    Require.that(measures.contains(measure), "claims: measure", "the name of one", measure);
    Require.that(variants.contains(variant), "claims: variant", "the name of one", variant);
    Require.that(variants.contains(than), "claims: than", "the name of a variant", than);
  }
}
