package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.course.Lab;
import org.grpo4j.course.Labs;
import org.grpo4j.course.StartedProject;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.course.judge.Judge;
import org.grpo4j.course.judge.Question;
import org.grpo4j.course.sandbox.Limits;
import org.grpo4j.course.sandbox.RemotePieces;
import org.grpo4j.course.sandbox.Submission;
import org.grpo4j.course.source.Solutions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A newcomer's way, from {@code course start} to all points, by every lab whose pieces are judged.
 */
class NewcomerTest {

  @TempDir private Path directory;

  static Stream<Lab> labs() {
    return Labs.all().stream().filter(lab -> !questions(lab).isEmpty());
  }

  private static List<Question> questions(Lab lab) {
    return lab.id().matches("\\d+") ? Judge.questions(Integer.parseInt(lab.id())) : List.of();
  }

  @ParameterizedTest
  @MethodSource("labs")
  void fromTheStartToAllPoints(Lab lab) throws IOException, InterruptedException {
    Path project = directory.resolve("lab");
    Cli start = Cli.run("course", "start", lab.id(), project.toString(), "--student", "ada");
    assertEquals(0, start.exitCode(), start.err());
    assertEquals(project + System.lineSeparator(), start.out());
    assertTrue(start.err().contains("mvn test"), start.err());
    assertTrue(Files.readString(project.resolve("README.md")).contains("# Lab " + lab.id()));

    StartedProject started = new StartedProject(project);
    assertFalse(started.test().containsValue(""), "something passes before it is written");
    started.with(Solutions.of(lab));
    assertEquals(List.of(""), started.test().values().stream().distinct().toList());

    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    Submission submission = Submission.prepare(project, lab.stubs().keySet(), scratch);
    try (RemotePieces remote = new RemotePieces(submission, Limits.STANDARD)) {
      int points = 0;
      for (Finding finding : Judge.judge(Integer.parseInt(lab.id()), remote.pieces(), 1)) {
        assertEquals(finding.question().points(), finding.points(), finding.message());
        points += finding.points();
      }
      assertEquals(lab.points(), points, "the questions' points are the lab's");
    }
  }
}
