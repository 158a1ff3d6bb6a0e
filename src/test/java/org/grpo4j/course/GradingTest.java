package org.grpo4j.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.course.format.GradeFormat;
import org.grpo4j.course.format.GradedSubmission;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.sandbox.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects as course start writes them, through compiler, look, process and judge. */
class GradingTest {

  private static final String GROUP = "org/grpo4j/advantage/GroupRelativeAdvantage.java";

  @TempDir Path directory;

  private static Grading grading(int jobs) {
    return new Grading(Examiner.ofLabs(Limits.STANDARD), Optional.empty(), 7, jobs);
  }

  @Test
  void oneBadProjectStopsNoOther() throws IOException {
    Lab lab = Lab.of("1");
    Map<String, String> solution = lab.solution();
    String right = solution.get(GROUP);
    List<Path> projects = new ArrayList<>();
    for (String name : List.of("right", "loops", "exits", "broken", "mistaken")) {
      Path project = project(name, lab, name);
      write(project, solution);
      projects.add(project);
    }
    String first = "    RowGroups groups = inputs.groups();\n";
    write(
        projects.get(1),
        Map.of(GROUP, right.replace(first, first + "if (true) while (true) {}\n")));
    write(projects.get(2), Map.of(GROUP, right.replace(first, first + "System.exit(0);\n")));
    write(projects.get(3), Map.of(GROUP, "\u001b[31m no Java"));
    write(
        projects.get(4), Map.of(GROUP, right.replace("Deviation.SAMPLE", "Deviation.POPULATION")));
    projects.add(directory.resolve("missing"));
    List<GradedSubmission> grades = grading(2).grade(projects, graded -> {});
    assertEquals(
        List.of("right", "loops", "exits", "broken", "mistaken", "missing"),
        grades.stream().map(GradedSubmission::name).toList());
    assertEquals(lab.points(), grades.get(0).points());
    List<GradedQuestion> loops = grades.get(1).questions();
    for (GradedQuestion question : loops) {
      boolean other = question.title().startsWith("Leave one out");
      assertEquals(other ? question.most() : 0, question.points(), question.title());
    }
    assertEquals(0, grades.get(2).points() + grades.get(3).points());
    assertTrue(grades.get(4).points() > 0 && !grades.get(4).isRight());
    assertTrue(grades.get(1).questions().get(0).feedback().get(0).startsWith("no answer"));
    assertTrue(grades.get(2).failure().orElse("").contains("java.lang.System.exit"));
    assertTrue(grades.get(3).failure().orElse("").startsWith("does not compile"));
    assertTrue(
        GradeFormat.TEXT.of(grades.get(4)).contains("population deviation"),
        GradeFormat.TEXT.of(grades.get(4)));
    assertTrue(grades.get(5).failure().isPresent());
    checkFiles(grades);
  }

  @Test
  void whatSomebodyElseHandedInIsNotGraded() throws IOException {
    Lab lab = Lab.of("1");
    Path ada = project("ada", lab, "ada");
    write(ada, lab.solution());
    Path bob = project("bob", lab, "bob");
    Files.move(bob.resolve("src"), bob.resolve("mine"));
    Files.createSymbolicLink(bob.resolve("src"), ada.resolve("src"));
    List<GradedSubmission> grades = grading(1).grade(List.of(bob), graded -> {});
    assertEquals(0, grades.get(0).points());
    assertTrue(grades.get(0).failure().orElse("").contains("is a link to another place"));
  }

  private void checkFiles(List<GradedSubmission> grades) throws IOException {
    Path out = directory.resolve("out");
    GradeFiles files = new GradeFiles(out);
    for (GradedSubmission graded : grades) {
      files.write(graded, List.of(GradeFormat.values()));
    }
    files.writeTable(grades);
    List<String> rows = Files.readAllLines(out.resolve("grades.csv"));
    assertEquals("submission,student,lab,points,of,failure", rows.get(0).substring(0, 40));
    assertTrue(rows.get(1).startsWith("right,right,1,10,10,,"), rows.get(1));
    assertTrue(rows.get(4).startsWith("broken,broken,1,0,10,"), rows.get(4));
    assertEquals(grades.size() + 1, rows.size());
    for (GradeFormat format : GradeFormat.values()) {
      String folder = format == GradeFormat.TEXT ? "" : format.name().toLowerCase(Locale.ROOT);
      Path file = out.resolve("broken").resolve(folder).resolve(format.file());
      assertFalse(Files.readString(file).contains("\u001b"), file.toString());
    }
  }

  private Path project(String name, Lab lab, String student) throws IOException {
    Path project = directory.resolve(name);
    new LabProject(lab, student).write(project);
    return project;
  }

  private static void write(Path project, Map<String, String> sources) throws IOException {
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Files.writeString(
          project.resolve("src/main/java").resolve(source.getKey()), source.getValue());
    }
  }
}
