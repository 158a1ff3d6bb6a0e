package org.grpo4j.course.judge;

import java.util.List;
import java.util.Optional;
import org.grpo4j.course.catalogue.Mistake;

/**
 * The result of one question.
 *
 * @param question the question
 * @param fault empty if every answer was right
 */
public record Finding(Question question, Optional<Fault> fault) {

  /**
   * The smallest wrong answer and the reason why it is wrong.
   *
   * @param sentence the property that is broken with its measured value, or the equation
   * @param inputs the smallest case
   * @param yours the submission's answer, or what became of it
   * @param right the library's
   * @param mistakes the catalogued mistakes that answer all cases as the submission does
   */
  public record Fault(
      String sentence, String inputs, String yours, String right, List<Mistake> mistakes) {}

  /** The points got: all or none. */
  public int points() {
    return fault.isEmpty() ? question.points() : 0;
  }

  /** The feedback, several lines; the first says whether it is right. */
  public String message() {
    if (fault.isEmpty()) {
      return question.title() + ": right";
    }
    Fault found = fault.get();
    StringBuilder text = new StringBuilder(question.title() + ": " + found.sentence());
    text.append("\n  given ").append(found.inputs());
    text.append("\n  yours ").append(found.yours());
    text.append("\n  right ").append(found.right());
    for (Mistake mistake : found.mistakes()) {
      text.append("\nThese are the numbers of \"").append(mistake.title()).append("\": ");
      text.append(mistake.story().what());
      String elsewhere = mistake.story().elsewhere();
      text.append(elsewhere.isEmpty() ? "" : " " + elsewhere);
    }
    return text.toString();
  }
}
