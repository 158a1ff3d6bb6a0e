package org.grpo4j.course.judge;

import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.course.catalogue.Pieces;

/**
 * The judge: asks a submission what the library is asked too, and says what is wrong.
 *
 * <p>An answer is right if it is the library's up to rounding. So this process must have the real
 * library, and the submission may run anywhere: it is given inputs and gives back numbers, a few
 * hundred calls for a lab. Calls that throw cost the question they were made for, no other.
 */
public final class Judge {

  private static final List<Exercise<?>> EXERCISES =
      Stream.of(
              AdvantageLab.exercises(),
              SurrogateLab.exercises(),
              DivergenceLab.exercises(),
              AggregationLab.exercises(),
              CoefficientLab.exercises(),
              TrainerLab.exercises(),
              CriticLab.exercises())
          .flatMap(List::stream)
          .toList();

  private Judge() {}

  /** All exercises, by lab. */
  static List<Exercise<?>> exercises() {
    return EXERCISES;
  }

  /** The questions of a lab; none if a lab is not judged by its pieces. */
  public static List<Question> questions(int lab) {
    return EXERCISES.stream()
        .<Question>map(Exercise::question)
        .filter(question -> question.lab() == lab)
        .toList();
  }

  /**
   * One finding for each question of the lab, in their order.
   *
   * @param submission the pieces to judge
   * @param seed draws the cases that are not the same for everybody
   */
  public static List<Finding> judge(int lab, Pieces submission, long seed) {
    return EXERCISES.stream()
        .filter(exercise -> exercise.question().lab() == lab)
        .<Finding>map(exercise -> exercise.judge(submission, seed))
        .toList();
  }
}
