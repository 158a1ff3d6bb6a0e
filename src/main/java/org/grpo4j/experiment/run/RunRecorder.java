package org.grpo4j.experiment.run;

import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.Ledger;
import org.grpo4j.experiment.files.LineFile;
import org.grpo4j.experiment.files.MetricsWriter;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunProgress;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.experiment.files.SummaryFile;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainingLoop;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.evaluation.Evaluation;

/**
 * The writer of what happens in training: metrics, trace, completions, checkpoints and the log; it
 * notifies the job's listener too.
 *
 * <p>An update's row is written when the next update begins, since an evaluation after the update
 * belongs to it.
 */
final class RunRecorder implements TrainingLoop.Listener, AutoCloseable {

  private final RunSetup setup;
  private final RunDirectory directory;
  private final Policy policy;
  private final JobClock clock;
  private final Consumer<JobEvent> listener;
  private final RunProgress start;
  private final Ledger ledger;
  private final MetricsWriter metrics;
  private final LineFile completions;
  private final Checkpoints checkpoints;
  private final LineFile log;
  private final Optional<TraceRecorder> trace;
  private Optional<Trainer> trainer = Optional.empty();

  private final Map<String, Number> row = new LinkedHashMap<>();
  private UpdateTrace.Sampled totals;
  private int updatesDone;

  /**
   * @param ledger closed with this
   * @param clock may have begun before
   * @param start how far the run is
   */
  RunRecorder(
      RunSetup setup,
      RunDirectory directory,
      Ledger ledger,
      Policy policy,
      JobClock clock,
      Consumer<JobEvent> listener,
      RunProgress start) {
    this.ledger = ledger;
    this.log = ledger.lines(directory.log());
    this.setup = setup;
    this.directory = directory;
    this.start = start;
    this.totals = start.totals();
    this.updatesDone = start.updatesDone();
    this.policy = policy;
    this.clock = clock;
    this.listener = listener;
    this.metrics = new MetricsWriter(directory, ledger, setup.task());
    this.completions = ledger.lines(directory.completions());
    this.checkpoints = new Checkpoints(directory);
    this.trace =
        setup.config().trace().groups() == 0
            ? Optional.empty()
            : Optional.of(TraceRecorder.open(setup, directory, ledger, policy));
  }

  /** Notifies that the run is there. */
  void started() {
    publish(new JobEvent.Started(directory, policy.describe(), setup.workers().count()));
  }

  /** Updates come from {@code one}; checkpoints hold what it carries. */
  void begin(Trainer one) {
    trainer = Optional.of(one);
    one.critic().ifPresent(critic -> log("critic: " + critic.describe()));
  }

  /** Notifies the listener, and the log if it is a sentence. */
  void publish(JobEvent event) {
    event.sentence().ifPresent(this::log);
    listener.accept(event);
  }

  @Override
  public void updated(UpdateTrace update, UpdateMetrics measured) {
    writeRow();
    updatesDone = update.update() + 1;
    totals = totals.plus(update.sampled());
    Stopwatch watch = new Stopwatch();
    trace.ifPresent(file -> file.write(update, measured, policy.parameters()));
    double writing = trace.isPresent() ? watch.lap() : 0;
    row.putAll(metrics.row(update, measured, totals, writing));
    metrics.begin(List.copyOf(row.keySet()));
    clock.addUpdate(update.seconds(), writing);
    publish(new JobEvent.Updated(updatesDone, setup.config().train().updates(), row));
  }

  @Override
  public void evaluated(int done, Evaluation evaluation, double seconds) {
    clock.addEvaluation(seconds);
    if (done > 0) { // the first one is in the summary
      MetricsWriter.putEvaluation(row, evaluation, seconds);
      write(done, evaluation);
    }
  }

  /** Writes down an evaluation, and the answers to its first problems. */
  void write(int done, Evaluation evaluation) {
    for (Evaluation.Example example : evaluation.examples()) {
      String reason = example.completion().finishReason().name().toLowerCase(Locale.ROOT);
      completions.write(
          Json.line(
              Json.object()
                  .put("updates_done", done)
                  .put("prompt", example.problem().prompt())
                  .put("completion", example.completion().text())
                  .put("answer", example.problem().answer())
                  .put("correct", example.correct())
                  .put("finish_reason", reason)));
    }
    log(
        "after %s: greedy accuracy %s, mean length %s"
            .formatted(
                Numbers.count(done, "update"),
                evaluation.greedyAccuracy().value(),
                evaluation.meanLength()));
    publish(new JobEvent.Evaluated(done, evaluation));
  }

  /** Writes a checkpoint of policy, critic and trainer as they are. */
  @Override
  public void checkpointDue(int done) {
    writeRow(); // a resumed run continues after all that is written
    trace.ifPresent(TraceRecorder::flush);
    checkpoints.write(ledger, policy, trainer.orElseThrow(), progress(done, 0));
    log("checkpoint after " + Numbers.count(done, "update"));
  }

  /** Writes down the examples of the cold start, if they are not there yet. */
  void examples(String text) {
    if (!Files.exists(directory.examples())) {
      ledger.write(directory.examples(), text);
    }
  }

  /** Writes a checkpoint of the cold start after so many of its steps. */
  void coldStartCheckpoint(int steps) {
    checkpoints.write(ledger, policy, progress(0, steps));
    log("checkpoint after " + Numbers.count(steps, "step") + " of the cold start");
  }

  private RunProgress progress(int done, int coldStartSteps) {
    return new RunProgress(done, coldStartSteps, totals, clock.seconds(), start.coldStartReused());
  }

  /** Writes the summary, which ends the run. */
  void summarize(RunSummary summary) {
    ledger.write(directory.summary(), SummaryFile.of(summary));
    log(summary.status().name().toLowerCase(Locale.ROOT));
  }

  /** Adds a line to the log, with the time of day. */
  private void log(String text) {
    log.write(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text.replaceAll("\\R", " "));
  }

  private void writeRow() {
    if (!row.isEmpty()) {
      metrics.write(row);
      row.clear();
    }
  }

  RunDirectory directory() {
    return directory;
  }

  Policy policy() {
    return policy;
  }

  JobClock clock() {
    return clock;
  }

  RunProgress progress() {
    return progress(updatesDone, 0);
  }

  @Override
  public void close() {
    try (ledger;
        metrics;
        completions;
        log) {
      trace.ifPresent(TraceRecorder::close);
      writeRow();
    }
  }
}
