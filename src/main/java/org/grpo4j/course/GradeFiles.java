package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.grpo4j.course.format.GradeFormat;
import org.grpo4j.course.format.GradedSubmission;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.math.Require;
import org.grpo4j.report.Table;

/**
 * The files of a grading: for each submission a directory with its grade in every format asked for,
 * and beside them {@code grades.csv}.
 *
 * @param out their directory, which need not be there yet
 */
public record GradeFiles(Path out) {

  private static final String TABLE = "grades.csv";

  /**
   * Checks that the names of all projects differ, for their grades would be one.
   *
   * @throws IllegalArgumentException with the name that is there twice
   */
  public static void requireDistinct(List<Path> projects) {
    Set<String> names = new TreeSet<>(Set.of(TABLE));
    for (Path project : projects) {
      String name = Grading.name(project);
      Require.that(
          names.add(name.toLowerCase(Locale.ROOT)),
          project + ": another one is called " + name + " too; names of directories must differ");
    }
  }

  /** Writes the grade of a submission. */
  public void write(GradedSubmission graded, Collection<GradeFormat> formats) throws IOException {
    Path directory = out.resolve(graded.name());
    for (GradeFormat format : formats) {
      Path of =
          format == GradeFormat.TEXT
              ? directory
              : directory.resolve(format.name().toLowerCase(Locale.ROOT));
      Files.createDirectories(of);
      Files.writeString(of.resolve(format.file()), format.of(graded));
    }
  }

  /** Writes {@code grades.csv}: a row for each submission, a column for each question. */
  public void writeTable(List<GradedSubmission> grades) throws IOException {
    int most = grades.stream().mapToInt(graded -> graded.questions().size()).max().orElse(0);
    List<String> head =
        new ArrayList<>(List.of("submission", "student", "lab", "points", "of", "failure"));
    for (int i = 1; i <= most; i++) {
      head.add("question " + i);
    }
    Table table = new Table().row(head);
    for (GradedSubmission graded : grades) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  cell(graded.name()),
                  cell(graded.student()),
                  graded.lab(),
                  GradedSubmission.number(graded.points()),
                  GradedSubmission.number(graded.most()),
                  cell(graded.failure().orElse(""))));
      for (GradedQuestion question : graded.questions()) {
        row.add(graded.failure().isPresent() ? "0" : GradedSubmission.number(question.points()));
      }
      table.row(row);
    }
    Files.createDirectories(out);
    Files.writeString(out.resolve(TABLE), table.csv());
  }

  /** A text that no spreadsheet takes for a formula. */
  private static String cell(String text) {
    return text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
  }
}
