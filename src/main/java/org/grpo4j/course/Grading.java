package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.grpo4j.course.format.GradedSubmission;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.sandbox.PlainText;
import org.grpo4j.course.sandbox.SubmissionException;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.math.Require;

/**
 * The grading of many projects, each on its own: whatever one of them does is a line of its grade,
 * and the others are graded all the same.
 *
 * @param examiner says what a project is worth
 * @param lab the lab that all are of; if absent, each project says it
 * @param seed what the cases are drawn from, the same for all
 * @param jobs how many are graded at a time, at least 1
 */
public record Grading(Examiner examiner, Optional<Lab> lab, long seed, int jobs) {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MOST_CHARACTERS = 300;

  public Grading {
    Require.atLeast(1, "jobs", jobs);
  }

  /**
   * The grades of these projects, in the order given.
   *
   * @param progress told of each grade as soon as it is there, one at a time
   */
  public List<GradedSubmission> grade(
      List<Path> projects, Consumer<? super GradedSubmission> progress) {
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<GradedSubmission>> futures = new ArrayList<>();
      for (Path project : projects) {
        futures.add(
            threads.submit(
                () -> {
                  GradedSubmission graded = gradeWhatever(project);
                  synchronized (progress) {
                    progress.accept(graded);
                  }
                  return graded;
                }));
      }
      List<GradedSubmission> grades = new ArrayList<>();
      for (Future<GradedSubmission> future : futures) {
        grades.add(future.get());
      }
      return grades;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a grade could not be shown", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The grade of a project that may be anything. */
  private GradedSubmission gradeWhatever(Path project) {
    long start = System.nanoTime();
    try {
      return grade(HandedIn.of(project, lab));
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      String sentence = PlainText.line(String.valueOf(e.getMessage()), MOST_CHARACTERS);
      return new GradedSubmission(
          name(project),
          "",
          lab.map(Lab::id).orElse("?"),
          lab.map(Lab::title).orElse("unknown lab"),
          lab.map(one -> List.of(nothing(one, sentence))).orElse(List.of()),
          Optional.of(sentence),
          "",
          seconds(start));
    }
  }

  /**
   * The grade of a project.
   *
   * @throws IOException if its files cannot be read, or those that are made on the way not written
   */
  public GradedSubmission grade(HandedIn project) throws IOException {
    long start = System.nanoTime();
    Path scratch = Files.createTempDirectory("grpo4j-course");
    Examiner.Result result;
    Optional<String> failure = Optional.empty();
    try {
      result = examiner.examine(project, seed, scratch);
    } catch (SubmissionException e) {
      String sentence = String.valueOf(e.getMessage());
      failure = Optional.of(sentence);
      result = new Examiner.Result(List.of(nothing(project.lab(), sentence)), "");
    } finally {
      AtomicFiles.deleteDirectory(scratch);
    }
    return new GradedSubmission(
        name(project.directory()),
        project.student(),
        project.lab().id(),
        project.lab().title(),
        result.questions(),
        failure,
        result.printed(),
        seconds(start));
  }

  private static GradedQuestion nothing(Lab lab, String sentence) {
    return new GradedQuestion("the whole lab", 0, lab.points(), List.of(sentence));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }

  /** The name of a project: its directory's. */
  public static String name(Path project) {
    String name = String.valueOf(project.toAbsolutePath().normalize().getFileName());
    return name.replaceAll("[^\\p{L}\\p{N}@._+-]", "-");
  }
}
