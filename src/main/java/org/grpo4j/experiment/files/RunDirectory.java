package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.math.Require;

/**
 * Everything a run leaves behind: {@code runs/<experiment>__<seed>__<UTC time>/}.
 *
 * <pre>
 * config.yaml        every setting, defaults filled in; can be run again
 * manifest.json      what ran: configuration hash, commit, versions, machine
 * metrics.jsonl      one line an update; metrics.csv is the same as a table
 * examples.jsonl     what the cold start imitated, if other policies wrote it
 * completions.jsonl  what the policy wrote to fixed problems at each evaluation
 * summary.json       accuracy before and after with intervals, costs
 * learning-curve.svg the curves
 * trace/             every number of some groups of every update
 * report.html        the page of the run
 * checkpoints/       policy and optimiser
 * log.txt            what happened when
 * ledger.jsonl       vouches for all of these, line by line
 * </pre>
 */
public final class RunDirectory {

  /** The file that vouches for all others. */
  static final String LEDGER = "ledger.jsonl";

  static final String METRICS = "metrics.jsonl";
  static final String SUMMARY = "summary.json";
  static final String LOG = "log.txt";

  private final Path path;
  private final OutsideClasses classes;

  private RunDirectory(Path path, OutsideClasses classes) {
    this.path = path;
    this.classes = classes;
  }

  /** A run directory that is being made. */
  static RunDirectory at(Path path) {
    return new RunDirectory(path, OutsideClasses.NONE);
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

  /**
   * The files of the run as far as its ledger vouches for them.
   *
   * @throws DamagedFileException if the ledger is missing or damaged
   */
  public SealedFiles sealed() throws IOException {
    return SealedFiles.of(this);
  }

  /** The path of {@code file} within the run directory, with slashes. */
  String name(Path file) {
    return FileCheck.name(path, file);
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** The directory of runs that it is in. */
  public Path runs() {
    return Objects.requireNonNull(path.toAbsolutePath().normalize().getParent());
  }

  /** Reads {@code config.yaml} as strictly as any experiment file. */
  public ExperimentConfig readConfig() throws IOException {
    return readConfig(List.of());
  }

  /**
   * Reads {@code config.yaml} with settings on top.
   *
   * @throws DamagedFileException if it is not as the run wrote it
   * @throws org.grpo4j.experiment.config.ConfigException if anything is wrong with it, or a class
   *     that it names is not the one the run was made with
   */
  public ExperimentConfig readConfig(List<String> overrides) throws IOException {
    sealed().text(config());
    return readConfigAsItIs(overrides);
  }

  /** The configuration that the run was made with, whatever became of the file since. */
  public ExperimentConfig readOriginalConfig() throws IOException {
    Optional<String> original = sealed().original(config());
    return original.isEmpty()
        ? readConfig()
        : new ExperimentFiles(List.of(), classes).parse(original.get(), config().toString());
  }

  /** The same, whether or not the file is as the run wrote it. */
  public ExperimentConfig readConfigAsItIs(List<String> overrides) throws IOException {
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
    return path.resolve(METRICS);
  }

  /** One row an update. */
  public Path metricsTable() {
    return path.resolve("metrics.csv");
  }

  /** The policy's answers to fixed problems. */
  public Path completions() {
    return path.resolve("completions.jsonl");
  }

  /** The examples of the cold start, if they are not simply the task's demonstrations. */
  public Path examples() {
    return path.resolve("examples.jsonl");
  }

  /** Results and costs. */
  public Path summary() {
    return path.resolve(SUMMARY);
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
    return path.resolve("trace");
  }

  /** One JSON object an update: the lines of the trace. */
  public Path traceLines() {
    return trace().resolve("updates.jsonl");
  }

  /** The files that grow by lines. */
  List<Path> growing() {
    return List.of(metricsJsonLines(), metricsTable(), completions(), traceLines(), log());
  }

  /** The entries that vouch for all other files. */
  public Path ledger() {
    return path.resolve(LEDGER);
  }

  /** The facts that are the same for all updates of the trace. */
  public Path traceHeader() {
    return trace().resolve("header.json");
  }

  /** The log. */
  public Path log() {
    return path.resolve(LOG);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
