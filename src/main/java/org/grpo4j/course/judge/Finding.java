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
   * @param inputs the smallest case; empty where an answer has none
   * @param yours the submission's answer, or what became of it
   * @param right the library's; empty where it is not told
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
    text.append(line("given", found.inputs()));
    text.append(line("yours", found.yours()));
    text.append(line("right", found.right()));
    for (Mistake mistake : found.mistakes()) {
      text.append("\nThese are the numbers of \"").append(mistake.title()).append("\": ");
      text.append(mistake.story().what());
      String elsewhere = mistake.story().elsewhere();
      text.append(elsewhere.isEmpty() ? "" : " " + elsewhere);
    }
    return text.toString();
  }

  private static String line(String what, String text) {
    return text.isEmpty() ? "" : "\n  " + what + " " + text;
  }
}
