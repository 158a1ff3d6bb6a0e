package org.grpo4j.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** What every explanation in this project must satisfy. */
public final class ExplanationAssertions {

  private ExplanationAssertions() {}

  /**
   * The explanation's value is {@code value} itself, not something near it, and every node speaks.
   */
  public static void assertExplains(double value, Explanation explanation) {
    // Adding 0 makes 0 of -0: the two are the same number.
    assertEquals(value + 0.0, explanation.value() + 0.0, explanation.toString());
    assertSpeaks(explanation);
  }

  private static void assertSpeaks(Explanation explanation) {
    assertFalse(explanation.description().isBlank());
    for (Explanation part : explanation.parts()) {
      assertSpeaks(part);
    }
  }
}
