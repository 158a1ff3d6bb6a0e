package org.grpo4j.course.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.MetricsReader;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.math.DoubleVector;

/** The numbers of programs, made where they are judged: each program runs once. */
public final class ReferenceRuns {

  /** The runs of everybody: two students may have the same bug, and a healthy run is the same. */
  public static final ReferenceRuns SHARED = new ReferenceRuns();

  private final Map<String, Map<String, DoubleVector>> made = new HashMap<>();

  /** The columns of the run with {@code bug}. */
  public Map<String, DoubleVector> of(Bug bug, long seed) throws IOException {
    return columns(bug.id(), BuggyProgram.of(bug), seed);
  }

  /** The columns of the run without a bug. */
  public Map<String, DoubleVector> healthy(String program, long seed) throws IOException {
    return columns(program, BuggyProgram.healthy(program), seed);
  }

  private synchronized Map<String, DoubleVector> columns(
      String name, BuggyProgram program, long seed) throws IOException {
    String key = name + "/" + seed;
    Map<String, DoubleVector> columns = made.get(key);
    if (columns == null) {
      Path directory = Files.createTempDirectory("grpo4j-reference");
      Path run = directory.resolve("run");
      program.train(run, seed);
      columns = MetricsReader.read(RunDirectory.open(run));
      AtomicFiles.deleteDirectory(directory);
      made.put(key, columns);
    }
    return columns;
  }
}
