package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.grpo4j.course.catalogue.Mistake;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.course.judge.Judge;
import org.grpo4j.course.sandbox.Limits;
import org.grpo4j.course.sandbox.PlainText;
import org.grpo4j.course.sandbox.RemotePieces;
import org.grpo4j.course.sandbox.Submission;
import org.grpo4j.math.Require;

/**
 * The examiner of the labs in which classes of the library are written: their pieces are computed
 * in a process of their own and judged in this one.
 *
 * @param limits what a submission may take
 */
public record PiecesExaminer(Limits limits) implements Examiner {

  private static final int MOST_CHARACTERS = 600;

  @Override
  public Result examine(HandedIn project, long seed, Path scratch) throws IOException {
    Lab lab = project.lab();
    Require.that(
        lab.id().matches("\\d{1,4}") && !Judge.questions(Integer.parseInt(lab.id())).isEmpty(),
        "lab " + lab.id() + " (" + lab.title() + "): has no questions that a program could check");
    Set<String> stubs = lab.stubs().keySet();
    Submission submission = Submission.prepare(project.directory(), stubs, scratch);
    try (RemotePieces remote = new RemotePieces(submission, limits)) {
      List<GradedQuestion> questions = new ArrayList<>();
      for (Finding finding : Judge.judge(Integer.parseInt(lab.id()), remote.pieces(), seed)) {
        questions.add(
            new GradedQuestion(
                "%s (Eq. %d)".formatted(finding.question().title(), finding.question().equation()),
                finding.points(),
                finding.question().points(),
                feedback(finding),
                0));
      }
      return new Result(questions, remote.printed());
    }
  }

  private static List<String> feedback(Finding finding) {
    List<String> lines = new ArrayList<>();
    finding
        .fault()
        .ifPresent(
            fault -> {
              lines.add(fault.sentence());
              lines.add("given  " + fault.inputs());
              lines.add("yours  " + fault.yours());
              lines.add("right  " + fault.right());
              for (Mistake mistake : fault.mistakes()) {
                lines.add(
                    "These are the numbers of \"%s\": %s %s"
                        .formatted(
                            mistake.title(), mistake.story().what(), mistake.story().elsewhere()));
              }
            });
    return lines.stream().map(line -> PlainText.lines(line, MOST_CHARACTERS).strip()).toList();
  }
}
