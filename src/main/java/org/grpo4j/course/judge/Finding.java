package org.grpo4j.course.judge;

import java.util.ArrayList;
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
      String sentence, String inputs, String yours, String right, List<Mistake> mistakes) {

    private void addTo(List<String> lines) {
      lines.add(sentence);
      lines.add(inputs.isEmpty() ? "" : "given  " + inputs);
      lines.add(yours.isEmpty() ? "" : "yours  " + yours);
      lines.add(right.isEmpty() ? "" : "right  " + right);
      for (Mistake mistake : mistakes) {
        String story = mistake.story().what() + " " + mistake.story().elsewhere();
        lines.add("These are the numbers of \"%s\": %s".formatted(mistake.title(), story.strip()));
      }
      lines.removeIf(String::isEmpty);
    }
  }

  /** The finding of a question without numbers: right, or wrong for the reason in this sentence. */
  public static Finding of(Question question, Optional<String> wrong) {
    return new Finding(question, wrong.map(it -> new Fault(it, "", "", "", List.of())));
  }

  /** The points got: all or none. */
  public int points() {
    return fault.isEmpty() ? question.points() : 0;
  }

  /** The feedback, a line each: the reason, the numbers, mistakes that have them; or none. */
  public List<String> feedback() {
    List<String> lines = new ArrayList<>();
    fault.ifPresent(found -> found.addTo(lines));
    return lines;
  }

  /** The title and the feedback below it. */
  @Override
  public String toString() {
    String feedback = fault.isEmpty() ? "right" : String.join("\n  ", feedback());
    return question.title() + ": " + feedback;
  }
}
