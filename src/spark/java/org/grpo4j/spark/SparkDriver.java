package org.grpo4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.RunReference;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.RunArchive;
import org.grpo4j.experiment.files.RunParcel;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.experiment.sweep.RunOutcome;

/** The driver's part in each run: submits its task, waits, and puts the run into its place. */
final class SparkDriver {

  private static final String ATTEMPTS = "spark.task.maxFailures";
  private static final int MOST_ATTEMPTS = 4;

  private final JavaSparkContext spark;
  private final Path runs;
  private final List<String> last;
  private final TaskEvents events;
  private final BooleanSupplier stopRequested;
  private final int attempts;
  private volatile boolean stopped;

  SparkDriver(
      JavaSparkContext spark,
      Path runs,
      List<String> last,
      TaskEvents events,
      BooleanSupplier stopRequested) {
    this.spark = spark;
    this.runs = runs;
    this.last = last;
    this.events = events;
    this.stopRequested = stopRequested;
    this.attempts = spark.isLocal() ? 1 : spark.getConf().getInt(ATTEMPTS, MOST_ATTEMPTS);
  }

  /** Ends the tasks that run and submits no other, if the user has asked to stop. */
  boolean stopIfAsked() {
    if (stopRequested.getAsBoolean() && !stopped) {
      stopped = true;
      try {
        spark.cancelAllJobs();
      } catch (IllegalStateException e) {
        // Ctrl-C tells Spark, too, which was faster
      }
    }
    return stopped;
  }

  /**
   * Makes one run.
   *
   * @return how it ended; nothing if the sweep was stopped before
   * @throws IllegalStateException if the cluster is gone
   */
  Optional<RunOutcome> make(PlannedRun run) {
    if (stopIfAsked()) {
      return Optional.empty();
    }
    RunTask.Result result;
    try {
      events.submitting(run, spark);
      result = spark.parallelize(List.of(0), 1).map(task(run)).collect().get(0);
    } catch (Exception e) { // Spark declares none of those that it throws
      if (stopIfAsked()) {
        return Optional.empty();
      }
      if (spark.sc().isStopped()) {
        throw new IllegalStateException(
            "--spark: the cluster at %s is gone, or starts no executor (%s); finished runs are kept"
                .formatted(spark.master(), runs.resolve(".sweep/spark.log")),
            e);
      }
      result = new RunTask.Result(ExitCode.UNEXPECTED, String.valueOf(e), new byte[0], 0);
    }
    Path log = runs.resolve(".sweep").resolve(run.fileName() + ".log");
    AtomicFiles.write(log, result.said());
    if (result.exitCode() == ExitCode.OK) {
      bringHome(result);
    }
    RunOutcome outcome = new RunOutcome(run, result.exitCode(), log, result.seconds());
    events.ended(outcome);
    return Optional.of(outcome);
  }

  private RunTask task(PlannedRun run) throws IOException {
    String config = ConfigWriter.write(run.config());
    return new RunTask(run.fileName(), config, run.isTraced(), inputs(run), last, attempts);
  }

  /** The finished runs that a run begins with; what is missing is the task's to say. */
  private List<byte[]> inputs(PlannedRun run) throws IOException {
    if (run.config().runs().isEmpty()) {
      return List.of();
    }
    RunArchive archive = RunArchive.of(runs, run.seed());
    Set<Path> there = new LinkedHashSet<>();
    for (RunReference input : run.config().runs()) {
      archive.find(input.config(), run.seed()).ifPresent(there::add);
    }
    List<byte[]> parcels = new ArrayList<>();
    for (Path input : there) {
      parcels.add(RunParcel.pack(input));
    }
    return parcels;
  }

  private void bringHome(RunTask.Result result) {
    try {
      RunParcel.unpack(result.parcel(), runs);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a finished run into " + runs, e);
    }
  }
}
