package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.course.Examiner;
import org.grpo4j.course.GradeFiles;
import org.grpo4j.course.Grading;
import org.grpo4j.course.HandedIn;
import org.grpo4j.course.Lab;
import org.grpo4j.course.format.GradeFormat;
import org.grpo4j.course.format.GradedSubmission;
import org.grpo4j.course.sandbox.Limits;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.report.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The commands of {@code course} that give points. */
final class CourseGrades {

  private static final int MOST_JOBS = 256;

  private CourseGrades() {}

  /** {@code course check}: a student's own look. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Checks a project: points, and what is wrong with which numbers.",
        "Exit code 0 with all points, 4 without."
      },
      footer = {"", "Examples:", "  grpo4j course check .", "  grpo4j course check lab1"})
  static final class Check implements Callable<Integer> {

    private static final long SEED = 1;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CourseCommand course;

    @Parameters(
        paramLabel = "DIR",
        defaultValue = ".",
        description = "The project that course start wrote. Default: this directory.")
    private Path directory = Path.of(".");

    @Override
    public Integer call() throws IOException {
      Grading grading = new Grading(Examiner.ofLabs(Limits.STANDARD), Optional.empty(), SEED, 1);
      HandedIn project = UsageException.of(() -> HandedIn.of(directory, Optional.empty()));
      GradedSubmission graded = UsageException.of(() -> grading.grade(project));
      course.print(() -> Json.tree(graded), () -> GradeFormat.TEXT.of(graded));
      return graded.isRight() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
  }

  /** {@code course grade}: a lecturer's. */
  @Command(
      name = "grade",
      mixinStandardHelpOptions = true,
      description = {
        "Grades projects, each on its own: one that fails stops no other.",
        "Each is compiled and run in processes of its own, with hidden cases."
      },
      footer = {
        "",
        "Examples:",
        "  grpo4j course grade submissions/* --out grades --lab 1 --seed 2026",
        "  grpo4j course grade submissions/* --out grades --format junit,gradescope --jobs 4"
      })
  static final class Grade implements Callable<Integer> {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private CourseCommand course;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Projects handed in.")
    private List<Path> projects = new ArrayList<>();

    @Option(
        names = "--out",
        paramLabel = "OUT",
        required = true,
        description = "Where grades go: grades.csv, and a directory for each project.")
    private Path out = Path.of("");

    @Option(
        names = "--lab",
        paramLabel = "LAB",
        description = "The lab of all. Default: what each project's lab.yaml says.")
    private @Nullable String lab;

    @Option(
        names = "--seed",
        paramLabel = "S",
        description = "What the hidden cases are drawn from; the same for all. Default: drawn.")
    private @Nullable Long seed;

    @Option(
        names = "--jobs",
        paramLabel = "N",
        defaultValue = "1",
        description = "Projects at a time. Default: 1.")
    private int jobs = 1;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        split = ",",
        defaultValue = "junit",
        description = "Files besides report.txt: ${COMPLETION-CANDIDATES}. Default: junit.")
    private List<GradeFormat> formats = List.of();

    @Override
    public Integer call() throws IOException {
      UsageException.unlessWithin("--jobs", jobs, 1, MOST_JOBS);
      if (Files.exists(out) && !Files.isDirectory(out)) {
        throw new UsageException("--out: must be a directory, got the file " + out);
      }
      long drawn = seed != null ? seed : UUID.randomUUID().getMostSignificantBits() >>> 1;
      GradeFiles files = new GradeFiles(out);
      List<GradeFormat> wanted = new ArrayList<>(formats);
      wanted.add(0, GradeFormat.TEXT);
      Grading grading =
          UsageException.of(
              () -> {
                GradeFiles.requireDistinct(projects);
                Optional<Lab> ofAll = lab == null ? Optional.empty() : Optional.of(Lab.of(lab));
                return new Grading(Examiner.ofLabs(Limits.STANDARD), ofAll, drawn, jobs);
              });
      List<GradedSubmission> grades = grading.grade(projects, one -> write(files, one, wanted));
      files.writeTable(grades);
      course.print(() -> Json.tree(new Grades(drawn, grades)), () -> table(grades).toString());
      course.note("Hidden cases: --seed " + drawn + ". Grades: " + out.resolve("grades.csv"));
      return ExitCode.OK;
    }

    /** The value that {@code --json} prints. */
    private record Grades(long seed, List<GradedSubmission> grades) {}

    private void write(GradeFiles files, GradedSubmission graded, List<GradeFormat> formats) {
      AtomicFiles.act(
          "cannot write the grade of " + graded.name(), () -> files.write(graded, formats));
      course.note(
          "%s: %s, %s".formatted(graded.name(), points(graded), Figures.seconds(graded.seconds())));
    }

    private static String points(GradedSubmission graded) {
      return "%s of %s"
          .formatted(
              GradedSubmission.number(graded.points()), GradedSubmission.number(graded.most()));
    }

    private static Table table(List<GradedSubmission> grades) {
      Table table = new Table().row("submission", "student", "lab", "points", "");
      for (GradedSubmission graded : grades) {
        table.row(
            graded.name(),
            graded.student(),
            graded.lab(),
            points(graded),
            graded.failure().orElse(""));
      }
      return table;
    }
  }
}
