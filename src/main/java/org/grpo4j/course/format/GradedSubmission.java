package org.grpo4j.course.format;

import java.util.List;
import java.util.Optional;

/**
 * A submission with its points.
 *
 * @param name what the submission is called, by its directory
 * @param student whose it is, as its {@code lab.yaml} says
 * @param lab number or name of the lab
 * @param title title of the lab
 * @param questions the questions with their points
 * @param failure the reason why nothing of it was run, if so
 * @param printed the beginning of what it printed
 * @param seconds how long it took
 */
public record GradedSubmission(
    String name,
    String student,
    String lab,
    String title,
    List<GradedQuestion> questions,
    Optional<String> failure,
    String printed,
    double seconds) {

  /**
   * A question with its points.
   *
   * @param title what is asked
   * @param points what was got
   * @param most what can be got
   * @param feedback the property broken, the counterexample, the mistake: a line each; empty if it
   *     is right
   */
  public record GradedQuestion(String title, double points, double most, List<String> feedback) {

    public GradedQuestion {
      feedback = List.copyOf(feedback);
    }

    /** Whether it has all its points. */
    public boolean isRight() {
      return points >= most;
    }

    /** The feedback on one line each. */
    String text() {
      return String.join("\n", feedback);
    }
  }

  public GradedSubmission {
    questions = List.copyOf(questions);
  }

  /** The points of all questions. */
  public double points() {
    return questions.stream().mapToDouble(GradedQuestion::points).sum();
  }

  /** The points that all questions can give. */
  public double most() {
    return questions.stream().mapToDouble(GradedQuestion::most).sum();
  }

  /** Whether it has all points. */
  public boolean isRight() {
    return failure.isEmpty() && questions.stream().allMatch(GradedQuestion::isRight);
  }

  /** Points as people write them: {@code 3}, {@code 2.5}. */
  public static String number(double points) {
    return points == Math.rint(points) ? Math.round(points) + "" : points + "";
  }
}
