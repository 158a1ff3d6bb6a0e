package org.grpo4j.course.judge;

import java.util.List;

/**
 * A question of a lab: answered right in all cases or not.
 *
 * @param lab number of the lab
 * @param title a few words
 * @param points what it is worth
 * @param equation number of the equation that it asks for
 * @param pieces the methods of {@link org.grpo4j.course.catalogue.Pieces} that are called
 */
public record Question(int lab, String title, int points, int equation, List<String> pieces) {

  /** The question about these pieces. */
  Question(int lab, String title, int points, int equation, String... pieces) {
    this(lab, title, points, equation, List.of(pieces));
  }
}
