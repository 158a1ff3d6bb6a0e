package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.course.answers.AnswerSheet;
import org.grpo4j.course.answers.EnumerationLab;
import org.grpo4j.course.answers.ExperimentLab;
import org.grpo4j.course.answers.ReviewLab;
import org.grpo4j.course.bugs.ReferenceRuns;
import org.grpo4j.course.bugs.SilentBugs;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.course.judge.Judge;
import org.grpo4j.course.judge.Question;
import org.grpo4j.course.sandbox.Limits;
import org.grpo4j.course.sandbox.PlainText;
import org.grpo4j.course.sandbox.RemotePieces;
import org.grpo4j.course.sandbox.Submission;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.grpo4j.math.Require;

/** Whoever can say what a student's project is worth. */
public interface Examiner {

  /** Those of labs that are not about pieces of the library, by the lab's number or name. */
  Map<String, Examiner> OF_LABS =
      Map.of(
          "8", (project, seed, scratch) -> enumeration(project),
          "9", (project, seed, scratch) -> experiment(project, seed),
          "10", (project, seed, scratch) -> bugs(project),
          "review", (project, seed, scratch) -> review(project),
          "tests",
              (project, seed, scratch) -> MutantLab.examine(project, scratch, Limits.STANDARD));

  /**
   * The examiner of every lab.
   *
   * @param limits what a submission may take
   */
  static Examiner ofLabs(Limits limits) {
    Examiner ofPieces = (project, seed, scratch) -> ofPieces(project, seed, scratch, limits);
    return (project, seed, scratch) ->
        OF_LABS.getOrDefault(project.lab().id(), ofPieces).examine(project, seed, scratch);
  }

  private static Result enumeration(HandedIn project) {
    return Result.of(EnumerationLab.judge(answers(project), project.student()), "");
  }

  /** Nothing that a student wrote is run but a run of the library with the student's settings. */
  private static Result experiment(HandedIn project, long seed) {
    ExperimentFiles files = new ExperimentFiles(List.of(ExperimentFiles.library()));
    JavaCommand command = JavaCommand.ofThisProcess("org.grpo4j.cli.Main");
    return Result.of(ExperimentLab.judge(project.directory(), seed, files, command), "");
  }

  private static Result bugs(HandedIn project) throws IOException {
    SilentBugs lab = new SilentBugs(project.student(), SilentBugs.SEED);
    return Result.of(lab.judge(project.directory(), ReferenceRuns.SHARED), "");
  }

  private static Result review(HandedIn project) {
    return new Result(List.of(ReviewLab.judge(answers(project))), "");
  }

  private static AnswerSheet answers(HandedIn project) {
    return AnswerSheet.read(project.directory().resolve(AnswerSheet.FILE));
  }

  /** The result of classes of the library: computed in a process of theirs, judged in this. */
  private static Result ofPieces(HandedIn project, long seed, Path scratch, Limits limits)
      throws IOException {
    Lab lab = project.lab();
    Require.that(
        lab.id().matches("\\d{1,4}") && !Judge.questions(Integer.parseInt(lab.id())).isEmpty(),
        "lab " + lab.id() + " (" + lab.title() + "): has no questions that a program could check");
    Set<String> stubs = lab.stubs().keySet();
    Submission submission = Submission.prepare(project.directory(), stubs, scratch);
    try (RemotePieces remote = new RemotePieces(submission, limits)) {
      List<Finding> findings = Judge.judge(Integer.parseInt(lab.id()), remote.pieces(), seed);
      return Result.of(findings, remote.printed());
    }
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
      return new GradedQuestion(
          question.equation() > 0 ? "%s (Eq. %d)".formatted(title, question.equation()) : title,
          finding.points(),
          question.points(),
          finding.feedback().stream()
              .map(line -> PlainText.lines(line, MOST_CHARACTERS).strip())
              .toList());
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
