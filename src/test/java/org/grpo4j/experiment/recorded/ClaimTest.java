package org.grpo4j.experiment.recorded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.recorded.Claim.Direction;
import org.grpo4j.experiment.recorded.Claim.Verdict;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.junit.jupiter.api.Test;

class ClaimTest {

  private static final SeedTable TABLE =
      new SeedTable(
          List.of("a", "b"),
          Map.of(
              "clear", Map.of("a", Map.of(1L, 0.1, 2L, 0.2, 3L, 0.3), "b", seeds(0.5, 0.61, 0.72)),
              "noise", Map.of("a", Map.of(1L, 0.1, 2L, 0.2, 3L, 0.3), "b", seeds(0.4, 0.1, 0.2)),
              "apart", Map.of("a", Map.of(4L, 0.1), "b", seeds(0.4, 0.1, 0.2)),
              "few", Map.of("a", Map.of(1L, 0.1, 4L, 0.2), "b", seeds(0.4, 0.1, 0.2))));

  @Test
  void differencesArePairedBySeedAndOnlyOfSeedsThatBothHave() {
    PairedComparison clear = claim("clear", Direction.MORE).compared(TABLE);
    assertEquals((0.4 + 0.41 + 0.42) / 3, clear.mean(), 1e-12);
    assertEquals(1, claim("few", Direction.MORE).compared(TABLE).differences().size());
    assertTrue(claim("few", Direction.MORE).isMeasured(TABLE));
    assertFalse(claim("apart", Direction.MORE).isMeasured(TABLE), "no seed has both");
    assertFalse(claim("none", Direction.MORE).isMeasured(TABLE));
  }

  @Test
  void theIntervalDecidesAndSaysSoEitherWay() {
    assertEquals(Verdict.SO_HERE, verdict("clear", Direction.MORE));
    assertEquals(Verdict.OTHERWISE, verdict("clear", Direction.LESS));
    assertEquals(Verdict.DIFFERENCE, verdict("clear", Direction.THE_SAME));
    assertEquals(Verdict.NOT_SHOWN, verdict("noise", Direction.MORE));
    assertEquals(Verdict.NO_DIFFERENCE, verdict("noise", Direction.THE_SAME));
    assertEquals(Verdict.UNKNOWN, verdict("few", Direction.MORE));
  }

  private static Verdict verdict(String measure, Direction direction) {
    Claim claim = claim(measure, direction);
    return claim.verdict(claim.compared(TABLE));
  }

  private static Claim claim(String measure, Direction direction) {
    return new Claim("said", "there", measure, "b", "a", direction);
  }

  private static Map<Long, Double> seeds(double first, double second, double third) {
    return Map.of(1L, first, 2L, second, 3L, third);
  }
}
