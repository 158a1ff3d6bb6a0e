package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.sandbox.Limits;

/** Whoever can say what a student's project is worth. */
public interface Examiner {

  /** Those of labs that are not about pieces of the library, by the lab's number or name. */
  Map<String, Examiner> OF_LABS =
      Map.of(
          "8",
          AnswerLabs::examineEnumeration,
          "9",
          AnswerLabs::examineExperiment,
          "review",
          AnswerLabs::examineReview);

  /**
   * The examiner of every lab.
   *
   * @param limits what a submission may take
   */
  static Examiner ofLabs(Limits limits) {
    Examiner ofPieces = new PiecesExaminer(limits);
    return (project, seed, scratch) ->
        OF_LABS.getOrDefault(project.lab().id(), ofPieces).examine(project, seed, scratch);
  }

  /**
   * The result of an examination.
   *
   * @param questions the questions with their points
   * @param printed the beginning of what the student's program printed, safe to show
   */
  record Result(List<GradedQuestion> questions, String printed) {

    public Result {
      questions = List.copyOf(questions);
    }
  }

  /**
   * Examines a project.
   *
   * @param project what was handed in: its directory, lab and student
   * @param seed what the cases are drawn from
   * @param scratch an empty directory for whatever is made on the way
   * @throws org.grpo4j.course.sandbox.SubmissionException if nothing of it can be run
   */
  Result examine(HandedIn project, long seed, Path scratch) throws IOException;
}
