package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grpo4j.course.catalogue.Mistake;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.course.judge.Question;
import org.grpo4j.course.sandbox.Limits;
import org.grpo4j.course.sandbox.PlainText;

/** Whoever can say what a student's project is worth. */
public interface Examiner {

  /** Those of labs that are not about pieces of the library, by the lab's number or name. */
  Map<String, Examiner> OF_LABS =
      Map.of(
          "8",
          AnswerLabs::examineEnumeration,
          "9",
          AnswerLabs::examineExperiment,
          "10",
          AnswerLabs::examineBugs,
          "review",
          AnswerLabs::examineReview,
          "tests",
          MutantLab::examine);

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

    private static final int MOST_CHARACTERS = 600;

    public Result {
      questions = List.copyOf(questions);
    }

    /** The findings of a judge as questions with their points and lines of feedback. */
    static Result of(List<Finding> findings, String printed) {
      return new Result(findings.stream().map(Result::graded).toList(), printed);
    }

    private static GradedQuestion graded(Finding finding) {
      Question question = finding.question();
      String title = PlainText.line(question.title(), MOST_CHARACTERS);
      List<String> feedback = new ArrayList<>();
      if (finding.fault().isPresent()) {
        Finding.Fault fault = finding.fault().get();
        feedback.add(fault.sentence());
        feedback.add(fault.inputs().isEmpty() ? "" : "given  " + fault.inputs());
        feedback.add(fault.yours().isEmpty() ? "" : "yours  " + fault.yours());
        feedback.add(fault.right().isEmpty() ? "" : "right  " + fault.right());
        for (Mistake mistake : fault.mistakes()) {
          feedback.add(
              "These are the numbers of \"%s\": %s %s"
                  .formatted(mistake.title(), mistake.story().what(), mistake.story().elsewhere()));
        }
      }
      return new GradedQuestion(
          question.equation() > 0 ? "%s (Eq. %d)".formatted(title, question.equation()) : title,
          finding.points(),
          question.points(),
          feedback.stream()
              .filter(line -> !line.isEmpty())
              .map(line -> PlainText.lines(line, MOST_CHARACTERS).strip())
              .toList(),
          0);
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
