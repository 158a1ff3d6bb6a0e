package org.grpo4j.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;
import org.grpo4j.cli.Main;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.RunParcel;
import org.grpo4j.experiment.sweep.PlannedRun;

/**
 * One run as a task: the command that a process would have got, in the executor's own virtual
 * machine and in a directory of its own there, which is deleted when the result is packed.
 *
 * @param name a file name for the run
 * @param config its configuration with every setting
 * @param isTraced whether it keeps its trace
 * @param inputs the runs that it begins with, packed by {@link RunParcel}
 * @param last arguments of the command after all others
 * @param attempts how often Spark tries
 */
record RunTask(
    String name,
    String config,
    boolean isTraced,
    List<byte[]> inputs,
    List<String> last,
    int attempts)
    implements Function<Integer, RunTask.Result> {

  private static final String COLD_START = ".cold-start";
  private static final double NANOS_PER_SECOND = 1e9;

  RunTask {
    inputs = List.copyOf(inputs);
    last = List.copyOf(last);
  }

  /**
   * The result that comes home.
   *
   * @param exitCode of the command
   * @param said what it printed
   * @param parcel the run, packed by {@link RunParcel}; empty if it has not come to its end
   * @param seconds how long it took
   */
  record Result(int exitCode, String said, byte[] parcel, double seconds) implements Serializable {}

  /** Makes the run; the number that a task is given says nothing. */
  @Override
  public Result call(Integer ignored) throws IOException {
    long start = System.nanoTime();
    Path scratch = scratch();
    Path directory = Files.createTempDirectory(scratch, "run");
    try {
      Path runs = Files.createDirectory(directory.resolve("runs"));
      shareColdStarts(scratch, runs);
      Set<Path> there = new HashSet<>();
      for (byte[] input : inputs) {
        there.add(RunParcel.unpack(input, runs).getFileName());
      }
      Path file = directory.resolve(name + ".yaml");
      Files.writeString(file, config);
      List<String> arguments = new ArrayList<>(PlannedRun.arguments(file, runs, isTraced));
      arguments.addAll(last);
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      TaskContext task = TaskContext.get();
      int exitCode =
          Main.run(
              new PrintStream(said, true, StandardCharsets.UTF_8), task::isInterrupted, arguments);
      if (task.isInterrupted()) {
        throw new TaskKilledException("asked to end");
      }
      String words = said.toString(StandardCharsets.UTF_8);
      if (mayBeTheMachine(exitCode) && task.attemptNumber() == 0 && attempts > 1) {
        throw new IOException("exit code " + exitCode + "; once more: " + words);
      }
      byte[] parcel = exitCode == ExitCode.OK ? parcel(runs, there) : new byte[0];
      return new Result(exitCode, words, parcel, (System.nanoTime() - start) / NANOS_PER_SECOND);
    } finally {
      AtomicFiles.deleteDirectory(directory);
    }
  }

  /** A full disk or too little memory, or a class that is not there, for all that is known. */
  private static boolean mayBeTheMachine(int exitCode) {
    return exitCode == ExitCode.UNEXPECTED || exitCode == ExitCode.USAGE;
  }

  /** A directory that Spark deletes with the application. */
  private static Path scratch() throws IOException {
    Path local = SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath();
    return Files.createDirectories(local.resolve("grpo4j"));
  }

  /** Lets runs that one executor makes use each other's cold starts. */
  private static void shareColdStarts(Path scratch, Path runs) throws IOException {
    Path shared = Files.createDirectories(scratch.resolve(COLD_START));
    try {
      Files.createSymbolicLink(runs.resolve(COLD_START), shared);
    } catch (IOException | UnsupportedOperationException e) {
      // Windows asks for a permission; each run does its own cold start, then
    }
  }

  /**
   * The run that was made.
   *
   * @param inputs the names of those that were there before
   */
  private static byte[] parcel(Path runs, Set<Path> inputs) throws IOException {
    try (Stream<Path> paths = Files.list(runs)) {
      Path run =
          paths
              .filter(path -> !path.getFileName().toString().startsWith("."))
              .filter(path -> !inputs.contains(path.getFileName()))
              .findFirst()
              .orElseThrow(() -> new IOException(runs + ": the run is not there"));
      return RunParcel.pack(run);
    }
  }
}
