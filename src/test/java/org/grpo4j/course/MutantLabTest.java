package org.grpo4j.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.sandbox.Limits;
import org.grpo4j.course.sandbox.SubmissionException;
import org.grpo4j.course.source.RealSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a student are worth the share of faulty versions they see, and cannot do harm. */
class MutantLabTest {

  private static final Path MODEL = Path.of("src/test/resources/course/model-tests");

  @TempDir private Path directory;

  private GradedQuestion graded(String test) throws IOException {
    return graded(test, Limits.STANDARD);
  }

  private GradedQuestion graded(String test, Limits limits) throws IOException {
    Path project = Files.createTempDirectory(directory, "project");
    MutantLab.write(project);
    Files.writeString(project.resolve("src/test/java/GroupAdvantageTest.java"), test);
    Path here = Path.of("").toAbsolutePath();
    HandedIn handedIn = new HandedIn(here.relativize(project), Lab.of("tests"), "ada");
    assertTrue(handedIn.directory().isAbsolute());
    Path scratch = Files.createTempDirectory(directory, "scratch");
    return MutantLab.examine(handedIn, scratch, limits).questions().get(0);
  }

  private static String with(String body) {
    return RealSource.resource("mutants/GroupAdvantageTest.java")
        .replace("assertEquals(1, Math.signum(found[0]));", body);
  }

  @Test
  void everyVersionIsAnother() {
    Set<String> sources = new HashSet<>();
    MutantLab.mutants().forEach(mutant -> sources.add(mutant.source()));
    assertEquals(27, sources.size());
  }

  @Test
  void theModelTestsSeeEveryVersion() throws IOException {
    GradedQuestion model = graded(Files.readString(MODEL.resolve("GroupAdvantageTest.java")));
    assertEquals(10, model.points(), model.feedback()::toString);
    assertTrue(model.feedback().get(0).contains("27 of 27 faulty"), model.feedback()::toString);
  }

  @Test
  void theTestToBeginWithSeesFew() throws IOException {
    GradedQuestion begun = graded(with("assertEquals(1, Math.signum(found[0]));"));
    assertEquals(0, begun.points());
    assertTrue(
        begun.feedback().get(0).contains("1 test: 2 of 27 faulty"), begun.feedback()::toString);
    assertTrue(begun.feedback().get(1).contains("dead groups"), begun.feedback()::toString);
  }

  @Test
  void testsThatFailOnTheRightClassAreWorthNothing() throws IOException {
    GradedQuestion wrong = graded(with("assertEquals(1, found[0]);"));
    assertEquals(0, wrong.points());
    assertTrue(
        wrong.feedback().get(0).startsWith("1 of 1 tests fail on the right class"),
        wrong.feedback()::toString);
  }

  @Test
  void testsThatDoNotEndAreEnded() {
    Limits few = new Limits(1_000, 6_000, 256, 1_000);
    SubmissionException thrown =
        assertThrows(SubmissionException.class, () -> graded(with("while (found[0] > 0) {}"), few));
    assertEquals("no answer: the tests did not end within 6 s", thrown.getMessage());
  }

  @Test
  void noTestLeavesItsPlace() {
    refused("System.exit(0);", "java.lang.System.exit");
    refused("new java.io.File(\"/\").delete();", "java.io.File");
    refused("new Thread(() -> {}).start();", "java.lang.Thread");
  }

  private void refused(String body, String name) {
    SubmissionException thrown = assertThrows(SubmissionException.class, () -> graded(with(body)));
    assertTrue(thrown.getMessage().contains(name), thrown::getMessage);
  }
}
