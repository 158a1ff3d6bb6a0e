package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.course.Lab;
import org.grpo4j.course.StartedProject;
import org.grpo4j.course.judge.Judge;
import org.grpo4j.course.judge.Question;
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
    return Lab.all().stream().filter(lab -> !questions(lab).isEmpty());
  }

  private static List<Question> questions(Lab lab) {
    return lab.id().matches("\\d+") ? Judge.questions(Integer.parseInt(lab.id())) : List.of();
  }

  @ParameterizedTest
  @MethodSource("labs")
  void fromTheStartToAllPoints(Lab lab) throws IOException, InterruptedException {
    // As one types it: from where one is. Compilers and programs run elsewhere.
    Path project = Path.of("").toAbsolutePath().relativize(directory.resolve("lab"));
    assertFalse(project.isAbsolute());
    Cli start = Cli.run("course", "start", lab.id(), project.toString(), "--student", "ada");
    assertEquals(0, start.exitCode(), start.err());
    assertEquals(project + System.lineSeparator(), start.out());
    assertTrue(start.err().contains("mvn test"), start.err());
    assertTrue(Files.readString(project.resolve("README.md")).contains("# Lab " + lab.id()));

    Cli unwritten = Cli.run("course", "check", project.toString());
    assertEquals(4, unwritten.exitCode(), unwritten.out() + unwritten.err());
    assertTrue(unwritten.out().contains("\n0 of " + lab.points() + " points"), unwritten.out());

    StartedProject started = new StartedProject(project);
    Collection<String> outcomes = started.test().values();
    assertFalse(outcomes.isEmpty());
    String missing = "java.lang.UnsupportedOperationException: lab " + lab.id() + ": write ";
    outcomes.forEach(outcome -> assertTrue(outcome.startsWith(missing), outcome));
    started.with(Solutions.of(lab));
    assertEquals(List.of(""), started.test().values().stream().distinct().toList());

    Cli check = Cli.run("course", "check", project.toString());
    assertEquals(0, check.exitCode(), check.out() + check.err());
    String all = lab.points() + " of " + lab.points() + " points";
    assertTrue(check.out().stripTrailing().endsWith(all), check.out());
  }
}
