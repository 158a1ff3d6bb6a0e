package org.grpo4j.course.bugs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.grpo4j.course.sandbox.JavaProcess;
import org.grpo4j.course.source.SourceCompiler;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.grpo4j.experiment.sweep.ParentPipe;

/**
 * A run of the library in a process of its own, whose class path begins with one class that is
 * wrong; or, for comparison, with none.
 *
 * @param program the name of the settings
 * @param sources the wrong source, text by path; empty for a healthy run
 */
record BuggyProgram(String program, Map<String, String> sources) {

  private static final long SECONDS = 300;

  /** The program with that bug. */
  static BuggyProgram of(Bug bug) {
    return new BuggyProgram(bug.program(), Map.of(bug.patch().file(), bug.source()));
  }

  /** The same settings without a bug. */
  static BuggyProgram healthy(String program) {
    return new BuggyProgram(program, Map.of());
  }

  /**
   * Trains, and keeps the run: numbers, trace and page, without the checkpoints.
   *
   * @param run a directory that is not there yet
   * @throws IllegalStateException if the source does not compile or the run fails
   */
  void train(Path run, long seed) throws IOException {
    Path beside = Files.createDirectories(run.toAbsolutePath().getParent());
    Path work = Files.createTempDirectory(beside, ".program");
    try {
      run(work, seed);
      Path made = only(work.resolve("runs"));
      AtomicFiles.deleteDirectory(made.resolve("checkpoints"));
      Files.move(made, run);
    } finally {
      AtomicFiles.deleteDirectory(work);
    }
  }

  private void run(Path work, long seed) throws IOException {
    Path classes = work.resolve("classes");
    String library = System.getProperty("java.class.path");
    if (!sources.isEmpty()) {
      List<String> errors = SourceCompiler.compile(sources, library, classes);
      if (!errors.isEmpty()) {
        throw new IllegalStateException(String.join("\n", errors));
      }
    }
    Path settings = work.resolve(program + ".yaml");
    Files.writeString(settings, Bug.resource(program + ".yaml"));
    List<String> command =
        new ArrayList<>(JavaCommand.ofThisProcess("org.grpo4j.cli.Main").words());
    command.set(command.lastIndexOf(library), classes + File.pathSeparator + library);
    command.add(1, "-XX:TieredStopAtLevel=1"); // it ends before the other compiler pays
    command.addAll(List.of("train", settings.toString(), "--seed", Long.toString(seed), "--quiet"));
    command.addAll(List.of("--out", work.resolve("runs").toString()));
    Path printed = work.resolve("printed.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().put(ParentPipe.ENVIRONMENT, "lab");
    OptionalInt exit = JavaProcess.run(builder, TimeUnit.SECONDS.toMillis(SECONDS));
    if (!exit.equals(OptionalInt.of(0))) {
      String how = exit.isPresent() ? "failed" : "did not end within " + SECONDS + " seconds";
      throw new IllegalStateException(program + " " + how + ":\n" + Files.readString(printed));
    }
  }

  /** The run's directory, beside which there may be a cache. */
  private static Path only(Path runs) throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(one -> Files.exists(one.resolve("metrics.csv"))).findFirst().orElseThrow();
    }
  }
}
