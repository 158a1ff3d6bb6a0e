package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.course.Lab;
import org.grpo4j.course.LabProject;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code course}: labs, handed out and checked. */
@Command(
    name = "course",
    subcommands = {CourseGrades.Check.class, CourseGrades.Grade.class},
    description = {
      "Hands out the labs of the course and checks what was written.",
      "Without a command: lists the labs."
    },
    footer = {
      "",
      "Examples:",
      "  grpo4j course list",
      "  grpo4j course start 1 lab1 --student ada",
      "  grpo4j course check lab1",
      "  grpo4j course grade submissions/* --out grades",
      "  grpo4j course start 1 artemis1 --as artemis  # three folders, for a lecturer"
    })
final class CourseCommand extends Subcommand {

  private static final String DIR = "A directory that is empty or not there yet.";

  /** The forms in which a lab is handed out. */
  enum Form {
    PROJECT,
    ARTEMIS
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the labs: number, title, minutes, points.")
  int list() {
    Table table = new Table().row("lab", "minutes", "points", "title");
    for (Lab lab : Lab.all()) {
      table.row(lab.id(), lab.minutes() + "", lab.points() + "", lab.title());
    }
    print(() -> Json.tree(new Listing(Lab.all().stream().map(Row::of).toList())), table::toString);
    return ExitCode.OK;
  }

  /** The value that {@code --json} prints. */
  private record Listing(List<Row> labs) {}

  /** A lab as {@code --json} prints it. */
  private record Row(String lab, String title, int minutes, int points) {

    static Row of(Lab lab) {
      return new Row(lab.id(), lab.title(), lab.minutes(), lab.points());
    }
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the project of a lab: what is to be written, tests, the page.",
        "Where Java is written it is Maven's, and needs nothing but a JDK and Maven."
      },
      footer = {
        "",
        "Examples:",
        "  grpo4j course start 1 lab1",
        "  grpo4j course start 1 lab1 --student ada"
      })
  int start(
      @Parameters(paramLabel = "LAB", description = "Its number or name; see course list.")
          String id,
      @Parameters(paramLabel = "DIR", description = DIR) Path directory,
      @Option(
              names = "--student",
              paramLabel = "ID",
              defaultValue = "",
              description = "Name or number; what is drawn for a student is drawn by it.")
          String student,
      @Option(
              names = "--as",
              paramLabel = "FORM",
              defaultValue = "project",
              description = "Either project, or artemis: the folders template, solution, tests.")
          Form form)
      throws IOException {
    LabProject project = UsageException.of(() -> new LabProject(Lab.of(id), student));
    if (form == Form.ARTEMIS) {
      written(directory, () -> project.writeArtemis(directory));
      note(
          LabProject.solutions()
              ? "Three folders for Artemis; push each into its repository."
              : "Two folders for Artemis, without solution: " + LECTURERS);
      return ExitCode.OK;
    }
    written(directory, () -> project.write(directory));
    Lab lab = Lab.of(id);
    note(
        """
        %s

          cd %s
          README.md                  what to do, and why
          grpo4j course check .      what is right and what is not\
        """
            .formatted(lab, directory));
    if (!lab.stubs().isEmpty()) {
      note("  mvn test                   the visible tests; or open the directory in an editor");
    }
    return ExitCode.OK;
  }

  private static final String LECTURERS =
      "solutions are for lecturers, who put -Dcourse.solutions=true into .mvn/maven.config and"
          + " build again";

  @Command(
      name = "solution",
      mixinStandardHelpOptions = true,
      description = {
        "Writes a lab's project with its solution, the library's own sources.",
        "Only in a lecturer's build: mvn -Dcourse.solutions=true."
      })
  int solution(
      @Parameters(paramLabel = "LAB", description = "Its number or name; see course list.")
          String id,
      @Parameters(paramLabel = "DIR", description = DIR) Path directory)
      throws IOException {
    if (!LabProject.solutions()) {
      throw new UsageException(LECTURERS);
    }
    LabProject project = UsageException.of(() -> new LabProject(Lab.of(id), ""));
    written(directory, () -> project.writeSolution(directory));
    return ExitCode.OK;
  }

  private void written(Path directory, AtomicFiles.Action writing) {
    UsageException.of(
        () -> {
          writing.run();
          return directory;
        });
    console().result(directory.toString());
  }
}
