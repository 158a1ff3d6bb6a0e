package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.grpo4j.course.judge.Judge;
import org.grpo4j.course.sandbox.Limits;
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

  @Override
  public Result examine(HandedIn project, long seed, Path scratch) throws IOException {
    Lab lab = project.lab();
    Require.that(
        lab.id().matches("\\d{1,4}") && !Judge.questions(Integer.parseInt(lab.id())).isEmpty(),
        "lab " + lab.id() + " (" + lab.title() + "): has no questions that a program could check");
    Set<String> stubs = lab.stubs().keySet();
    Submission submission = Submission.prepare(project.directory(), stubs, scratch);
    try (RemotePieces remote = new RemotePieces(submission, limits)) {
      return Result.of(
          Judge.judge(Integer.parseInt(lab.id()), remote.pieces(), seed), remote.printed());
    }
  }
}
