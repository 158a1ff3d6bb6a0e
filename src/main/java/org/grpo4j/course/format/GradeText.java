package org.grpo4j.course.format;

import org.grpo4j.course.format.GradedSubmission.GradedQuestion;

/** A grade for people: each question with its points and, if it is not right, what is wrong. */
final class GradeText {

  private static final String INDENT = " ".repeat(12);

  private GradeText() {}

  static String of(GradedSubmission graded) {
    StringBuilder text = new StringBuilder();
    text.append("Lab %s: %s\n\n".formatted(graded.lab(), graded.title()));
    for (GradedQuestion question : graded.questions()) {
      String points =
          GradedSubmission.number(question.points())
              + " of "
              + GradedSubmission.number(question.most());
      text.append("%8s    %s\n".formatted(points, question.title()));
      for (String line : question.feedback()) {
        text.append(INDENT).append(line).append('\n');
      }
    }
    if (!graded.printed().isEmpty()) {
      text.append("\nPrinted by the program:\n");
      graded.printed().lines().forEach(line -> text.append("    | ").append(line).append('\n'));
    }
    text.append(
        "\n%s of %s points\n"
            .formatted(
                GradedSubmission.number(graded.points()), GradedSubmission.number(graded.most())));
    return text.toString();
  }
}
