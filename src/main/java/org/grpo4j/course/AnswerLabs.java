package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.course.answers.AnswerSheet;
import org.grpo4j.course.answers.EnumerationLab;
import org.grpo4j.course.answers.ExperimentLab;
import org.grpo4j.course.answers.ReviewLab;
import org.grpo4j.course.bugs.ReferenceRuns;
import org.grpo4j.course.bugs.SilentBugs;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.source.RealSource;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.sweep.JavaCommand;

/**
 * Labs 8, 9, 10 and review, whose hand-in is answers: what is handed out with their pages, and how
 * the answers are examined. Nothing that a student wrote is run but, in lab 9, a run of the library
 * with the student's settings.
 */
final class AnswerLabs {

  private static final String SHEET = "answers.yaml";

  /** Two students may have the same bug, and the healthy run is everybody's. */
  private static final ReferenceRuns RUNS = new ReferenceRuns();

  private AnswerLabs() {}

  /** The sheet with the student's own numbers, and a program to begin with. */
  static void writeEnumeration(Path project, String student) throws IOException {
    Files.writeString(project.resolve(SHEET), EnumerationLab.sheet(student));
    Path sources = Files.createDirectories(project.resolve("src/main/java"));
    Files.writeString(
        sources.resolve("Enumerate.java"), RealSource.resource("lab8/Enumerate.java"));
  }

  /** The files of an experiment, to be changed. */
  static void writeExperiment(Path project) throws IOException {
    for (String name : List.of("question.yaml", "base.yaml", "conclusion.yaml")) {
      Files.writeString(project.resolve(name), RealSource.resource("lab9/" + name));
    }
  }

  static Examiner.Result examineEnumeration(HandedIn project, long seed, Path scratch) {
    AnswerSheet sheet = AnswerSheet.read(project.directory().resolve(SHEET));
    return Examiner.Result.of(EnumerationLab.judge(sheet, project.student()), "");
  }

  static Examiner.Result examineExperiment(HandedIn project, long seed, Path scratch) {
    ExperimentFiles files = new ExperimentFiles(List.of(ExperimentFiles.library()));
    JavaCommand command = JavaCommand.ofThisProcess("org.grpo4j.cli.Main");
    return Examiner.Result.of(ExperimentLab.judge(project.directory(), seed, files, command), "");
  }

  /** The trainer and the sheet for its faults. */
  static void writeReview(Path project) throws IOException {
    Files.writeString(project.resolve(SHEET), ReviewLab.sheet());
    Files.writeString(project.resolve(ReviewLab.FILE), ReviewLab.source());
  }

  static Examiner.Result examineReview(HandedIn project, long seed, Path scratch) {
    ReviewLab.Review review = ReviewLab.judge(AnswerSheet.read(project.directory().resolve(SHEET)));
    List<String> feedback = new ArrayList<>();
    feedback.add("%d of %d faults found".formatted(review.found(), review.all()));
    feedback.addAll(review.problems());
    return new Examiner.Result(
        List.of(new GradedQuestion("Faults", review.points(), review.all(), feedback, 0)), "");
  }

  /** Three wrong programs and the sheet for the diagnoses. */
  static void writeBugs(Path project, String student) throws IOException {
    new SilentBugs(student, SilentBugs.SEED).write(project);
  }

  static Examiner.Result examineBugs(HandedIn project, long seed, Path scratch) throws IOException {
    SilentBugs lab = new SilentBugs(project.student(), SilentBugs.SEED);
    return Examiner.Result.of(lab.judge(project.directory(), RUNS), "");
  }
}
