package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.cli.Cli;
import org.grpo4j.experiment.files.AtomicFiles;

/** A run that is begun on one disk after the other, and in the end on a good one. */
final class Episode {

  private static final int KILLED = 137;

  private final Path experiment;
  private final Path runs;
  private final SameRun whole;

  /**
   * @param directory for the experiment and its runs
   */
  Episode(Path directory, TinyRuns.Kind kind) throws IOException {
    this.experiment = TinyRuns.experiment(directory, kind);
    this.runs = directory.resolve("runs");
    this.whole = SameRun.of(TinyRuns.whole(experiment, directory.resolve("whole")));
  }

  /** What a process without fault does to the disk. */
  List<String> operations() throws IOException {
    AtomicFiles.deleteDirectory(runs);
    Medium good = Medium.good();
    goOn(good);
    return good.operations();
  }

  /** One process: it begins the run, or resumes it if it is there. */
  Cli goOn(Medium medium) throws IOException {
    FaultyFileSystem files = new FaultyFileSystem(medium);
    Optional<Path> run = TinyRuns.run(runs);
    try {
      return run.isPresent()
          ? TinyRuns.resume(files, run.get())
          : TinyRuns.train(files, experiment, runs);
    } catch (Medium.Killed e) {
      return new Cli(KILLED, "", "");
    } finally {
      medium.processIsGone(medium.operations().size());
    }
  }

  void startAgain() throws IOException {
    AtomicFiles.deleteDirectory(runs);
  }

  /** Finishes the run; the result is empty if it is now as if nothing had happened. */
  String finish() throws IOException {
    Optional<Path> before = TinyRuns.run(runs);
    String damage = before.isPresent() ? check(before.get()) : "";
    return damage.isEmpty() ? resumed(before) : "before it is resumed: " + damage;
  }

  /** The same after a power cut, of which lines may have been lost that are then done again. */
  String finishWhatIsLeft() throws IOException {
    return resumed(TinyRuns.run(runs));
  }

  private String resumed(Optional<Path> before) throws IOException {
    Cli last =
        before.isPresent()
            ? TinyRuns.resume(FileSystems.getDefault(), before.get())
            : TinyRuns.train(FileSystems.getDefault(), experiment, runs);
    if (last.exitCode() != 0) {
      return (before.isPresent() ? "resume" : "train")
          + ": exit "
          + last.exitCode()
          + ": "
          + last.err();
    }
    Path run = TinyRuns.run(runs).orElseThrow();
    String difference = whole.difference(SameRun.of(run));
    return difference.isEmpty() ? check(run) + leftBehind() : difference;
  }

  /** The complaints of {@code check}; a run that was killed need not have its page and picture. */
  static String check(Path run) {
    Cli check = Cli.run("check", run.toString());
    List<String> bad =
        check
            .out()
            .lines()
            .skip(1)
            .filter(
                row -> !row.matches("\\S+ +(whole.*|left by a killed writer|damaged, set aside)"))
            .filter(row -> !row.matches("(report.html|learning-curve.svg) +missing"))
            .toList();
    boolean right =
        bad.isEmpty() && check.err().isEmpty() && List.of(0, 4).contains(check.exitCode());
    return right ? "" : "check: exit " + check.exitCode() + ": " + bad + check.err();
  }

  /** What stays beside the run; young drafts of runs and of the cache may be a living process's. */
  private String leftBehind() throws IOException {
    try (Stream<Path> all = Files.walk(runs)) {
      List<Path> rest =
          all.filter(path -> !path.startsWith(runs.resolve(".cold-start")))
              .filter(path -> !path.toString().contains(".draft"))
              .filter(path -> path.getFileName().toString().matches("[.].*[.]part"))
              .toList();
      return rest.isEmpty() ? "" : "left behind: " + rest;
    }
  }
}
