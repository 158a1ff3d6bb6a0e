package org.grpo4j.course.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.course.catalogue.Check;
import org.grpo4j.course.catalogue.Pieces;

/** The properties of the judge as checks of any pieces. */
public final class JudgeChecks {

  private static final long SEED = 1;

  private JudgeChecks() {}

  /** One for every property of every question. */
  public static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    Judge.exercises().forEach(exercise -> add(checks, exercise));
    return checks;
  }

  private static <I extends Record & Inputs> void add(List<Check> checks, Exercise<I> exercise) {
    if (exercise.question().lab() == 6) {
      return; // These compare with the library's run.
    }
    for (Property<I> property : exercise.properties()) {
      String claim = property.claim().replaceFirst(":.*", "");
      String name = "lab " + exercise.question().lab() + ", " + claim;
      checks.add(Check.of("property", name, pieces -> check(pieces, exercise, property)));
    }
  }

  private static <I extends Record & Inputs> void check(
      Pieces pieces, Exercise<I> exercise, Property<I> property) {
    for (I in : exercise.cases().all(SEED, exercise.question())) {
      assertEquals(Optional.empty(), property.broken(pieces, in, exercise.ask().apply(pieces, in)));
    }
  }
}
