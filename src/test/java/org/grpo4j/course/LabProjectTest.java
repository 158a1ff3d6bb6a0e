package org.grpo4j.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.grpo4j.course.format.GradedSubmission;
import org.grpo4j.course.sandbox.Limits;
import org.grpo4j.course.source.RealSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a student starts with, and that it can be solved. */
class LabProjectTest {

  @TempDir private Path directory;

  static Stream<Lab> labs() {
    return Lab.all().stream().filter(lab -> !lab.stubs().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("labs")
  void theLibrarysOwnSourcePasses(Lab lab) throws IOException, InterruptedException {
    Path solved = directory.resolve("lab");
    new LabProject(lab, "").writeSolution(solved);
    Collection<String> outcomes = new StartedProject(solved).test().values();
    assertEquals(List.of(""), outcomes.stream().distinct().toList());
  }

  @Test
  void everyFileIsThereAndSaysWhoseItIs() throws IOException {
    Path project = directory.resolve("lab");
    new LabProject(Lab.of("1"), "ada").write(project);
    assertEquals("lab: \"1\"\nstudent: \"ada\"\n", Files.readString(project.resolve("lab.yaml")));
    for (String file :
        List.of(
            "pom.xml",
            "README.md",
            ".editorconfig",
            ".gitignore",
            ".mvn/maven.config",
            ".vscode/settings.json",
            "src/main/java/org/grpo4j/advantage/GroupRelativeAdvantage.java",
            "src/test/java/org/grpo4j/advantage/LeaveOneOutAdvantageTest.java")) {
      assertTrue(Files.size(project.resolve(file)) > 0, file);
    }
    String readme = Files.readString(project.resolve("README.md"));
    assertTrue(readme.startsWith("# Lab 1: "), readme.substring(0, 40));
    assertTrue(readme.contains("Eq. 3 (`docs/equations.md`)"), "links are said in words");
    assertFalse(readme.contains("](."), "a link that leads nowhere");
    String again =
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabProject(Lab.of("1"), "").write(project))
            .getMessage();
    assertTrue(again.contains("is not empty"), again);
    String student =
        assertThrows(IllegalArgumentException.class, () -> new LabProject(Lab.of("1"), "a\"\nb"))
            .getMessage();
    assertTrue(student.startsWith("--student: must be"), student);
  }

  @Test
  void whatIsDrawnIsDrawnByStudent() throws IOException {
    String ada = answers("2027-ada");
    assertEquals(ada, answers("2027-ada"));
    assertNotEquals(ada, answers("2027-bob"));
    assertNotEquals(ada, answers("2028-ada"));
  }

  private String answers(String student) throws IOException {
    Path project = Files.createTempDirectory(directory, "lab").resolve("8");
    new LabProject(Lab.of("8"), student).write(project);
    assertTrue(Files.exists(project.resolve("src/main/java/Enumerate.java")));
    assertTrue(Files.exists(project.resolve("pom.xml")));
    return Files.readString(project.resolve("answers.yaml"));
  }

  /** A page without a way to check what is handed in would be no lab. */
  @ParameterizedTest
  @MethodSource("answered")
  void whatIsHandedOutCanBeChecked(Lab lab) throws IOException {
    Path project = directory.resolve("lab");
    new LabProject(lab, "ada").write(project);
    Grading grading = new Grading(Examiner.ofLabs(Limits.STANDARD), Optional.of(lab), 1, 1);
    GradedSubmission graded = grading.grade(List.of(project), one -> {}).get(0);
    assertEquals(0, graded.points(), lab + ": points for nothing: " + graded);
    assertEquals(lab.points(), graded.most(), lab + ": its questions' points");
  }

  /** The others are checked by NewcomerTest and, the tenth, by SilentBugsTest. */
  static Stream<Lab> answered() {
    return Lab.all().stream().filter(lab -> lab.stubs().isEmpty() && !lab.id().equals("10"));
  }

  @Test
  void theVersionsAreThoseOfOurBuild() throws IOException {
    String ours = Files.readString(Path.of("pom.xml"));
    String theirs = RealSource.resource("project/pom.xml");
    assertTrue(
        theirs.contains("<version>" + group(ours, "<junit.version>([^<]*)<") + "</version>"));
    Matcher plugin =
        Pattern.compile("<artifactId>(maven-\\w+-plugin)</artifactId>\\s*<version>([^<]*)<")
            .matcher(theirs);
    int plugins = 0;
    while (plugin.find()) {
      String name = "<artifactId>" + plugin.group(1) + "</artifactId>\\s*<version>([^<]*)<";
      assertEquals(group(ours, name), plugin.group(2), plugin.group(1));
      plugins++;
    }
    assertEquals(3, plugins);
  }

  private static String group(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  @Test
  void artemisGetsItsFolders() throws IOException {
    Path exercise = directory.resolve("artemis");
    new LabProject(Lab.of("1"), "").writeArtemis(exercise);
    TreeSet<String> folders = new TreeSet<>();
    try (Stream<Path> all = Files.list(exercise)) {
      all.forEach(one -> folders.add(one.getFileName().toString()));
    }
    assertEquals(
        new TreeSet<>(
            LabProject.solutions()
                ? List.of("solution", "template", "tests")
                : List.of("template", "tests")),
        folders);
    String pom = Files.readString(exercise.resolve("tests/pom.xml"));
    assertTrue(pom.contains("<sourceDirectory>${project.basedir}/assignment/src/main/java<"), pom);
    assertTrue(
        Files.exists(
            exercise.resolve("tests/test/org/grpo4j/advantage/GroupRelativeAdvantageTest.java")));
  }

  @Test
  void solutionsAreForLecturers() {
    assertEquals(
        "true".equals(System.getProperty("course.solutions")),
        LabProject.solutions(),
        "only -Dcourse.solutions=true gives them out");
  }
}
