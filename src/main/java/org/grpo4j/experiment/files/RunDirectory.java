package org.grpo4j.experiment.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.experiment.trace.TraceReader;
import org.grpo4j.math.Require;

/**
 * Everything a run leaves behind: {@code runs/<experiment>__<seed>__<UTC time>/}.
 *
 * <pre>
 * config.yaml        every setting, defaults filled in; can be run again
 * manifest.json      what ran: configuration hash, commit, versions, machine
 * metrics.jsonl      one line an update; metrics.csv is the same as a table
 * completions.jsonl  what the policy wrote to fixed problems at each evaluation
 * summary.json       accuracy before and after with intervals, costs
 * learning-curve.svg the curves
 * trace/             every number of some groups of every update
 * report.html        the page of the run
 * checkpoints/       policy and optimiser
 * log.txt            what happened when
 * </pre>
 */
public final class RunDirectory {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MOST_RUNS_A_SECOND = 1000;

  private final Path path;
  private final OutsideClasses classes;

  private RunDirectory(Path path, OutsideClasses classes) {
    this.path = path;
    this.classes = classes;
  }

  /** Makes a new run directory in {@code runs} and writes {@code config.yaml}. */
  public static RunDirectory create(Path runs, ExperimentConfig config, Instant start) {
    String name = config.name() + "__" + config.seed() + "__" + TIME.format(start);
    try {
      Files.createDirectories(runs);
      RunDirectory run = new RunDirectory(createUnique(runs, name), OutsideClasses.NONE);
      Files.createDirectory(run.checkpoints());
      AtomicFiles.write(run.config(), ConfigWriter.write(config));
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a run directory in " + runs, e);
    }
  }

  /** A second run of the same second is called {@code …Z-2}. */
  private static Path createUnique(Path runs, String name) throws IOException {
    for (int i = 1; i < MOST_RUNS_A_SECOND; i++) {
      try {
        return Files.createDirectory(runs.resolve(i == 1 ? name : name + "-" + i));
      } catch (FileAlreadyExistsException taken) {
        // the next number, then
      }
    }
    throw new IOException("too many runs called " + name);
  }

  /** An existing run directory, whose configuration can be read if it names no class. */
  public static RunDirectory open(Path path) {
    return open(path, OutsideClasses.NONE);
  }

  /**
   * An existing run directory.
   *
   * @param classes where classes are that its configuration names
   * @throws IllegalArgumentException if {@code path} is none
   */
  public static RunDirectory open(Path path, OutsideClasses classes) {
    RunDirectory run = new RunDirectory(path, classes);
    Require.that(Files.isDirectory(path), "run", "a run directory", path);
    Require.that(
        Files.isRegularFile(run.config(), LinkOption.NOFOLLOW_LINKS),
        "run: must be a run directory, but there is no config.yaml of its own in " + path);
    return run;
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /**
   * Whether the run has this file. The directory itself may be a link, to another disk for example;
   * inside it none is followed, so that a run from elsewhere shows its own files only.
   *
   * @param file in this directory or one below
   * @throws IOException if it, or a directory on the way to it, is a link, or it is no plain file
   */
  public boolean has(Path file) throws IOException {
    Path at = path;
    for (Path name : path.relativize(file)) {
      at = at.resolve(name);
      if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      boolean last = at.equals(file);
      boolean plain =
          last
              ? Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
              : Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS);
      if (!plain) {
        throw new IOException(
            at
                + ": must be a plain "
                + (last ? "file" : "directory")
                + (Files.isSymbolicLink(at) ? ", is a link, and links are not followed" : "")
                + "\n  Put what belongs to the run in its place.");
      }
    }
    return true;
  }

  /** Reads {@code config.yaml} as strictly as any experiment file. */
  public ExperimentConfig readConfig() {
    return readConfig(List.of());
  }

  /**
   * Reads {@code config.yaml} with settings on top.
   *
   * @throws org.grpo4j.experiment.config.ConfigException if anything is wrong with it, or a class
   *     that it names is not the one the run was made with
   */
  public ExperimentConfig readConfig(List<String> overrides) {
    ExperimentConfig config = new ExperimentFiles(List.of(), classes).read(config(), overrides);
    Manifest.checkClasses(this, config);
    return config;
  }

  /** Every setting, defaults filled in. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** The description of what ran. */
  public Path manifest() {
    return path.resolve("manifest.json");
  }

  /** One JSON object an update. */
  public Path metricsJsonLines() {
    return path.resolve("metrics.jsonl");
  }

  /** One row an update. */
  public Path metricsTable() {
    return path.resolve("metrics.csv");
  }

  /** The policy's answers to fixed problems. */
  public Path completions() {
    return path.resolve("completions.jsonl");
  }

  /** Results and costs. */
  public Path summary() {
    return path.resolve("summary.json");
  }

  /** The picture of the run. */
  public Path learningCurve() {
    return path.resolve("learning-curve.svg");
  }

  /** The page of the run. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** Policy and optimiser at several updates. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** Every number of some groups of every update; see {@code experiment.trace}. */
  public Path trace() {
    return path.resolve(TraceReader.DIRECTORY);
  }

  /** One JSON object an update: the lines of the trace. */
  Path traceLines() {
    return trace().resolve(TraceReader.UPDATES);
  }

  /** The log. */
  public Path log() {
    return path.resolve("log.txt");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
