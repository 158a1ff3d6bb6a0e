package org.grpo4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.CompletionsFile;
import org.grpo4j.experiment.files.MetricsRow;
import org.grpo4j.experiment.files.MetricsWriter;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunLog;
import org.grpo4j.experiment.files.RunProgress;
import org.grpo4j.experiment.files.RunTotals;
import org.grpo4j.experiment.files.RunTruncation;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TraceWriter;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainingEvent;
import org.grpo4j.train.evaluation.Evaluation;

/**
 * Writes down what training tells: metrics, completions, checkpoints and the log; and tells it on.
 *
 * <p>An update's row is written when the next update begins, since an evaluation after the update
 * belongs to it.
 */
final class RunRecorder implements Consumer<TrainingEvent>, AutoCloseable {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Policy policy;
  private final JobClock clock;
  private final Consumer<JobEvent> listener;
  private final int updates;
  private final RunProgress start;
  private final int removedRows;
  private final MetricsWriter metrics;
  private final CompletionsFile completions;
  private final Checkpoints checkpoints;
  private final RunLog log;
  private final Optional<TraceRecorder> trace;
  private Optional<Trainer> trainer = Optional.empty();

  private final Map<String, Number> row = new LinkedHashMap<>();
  private RunTotals totals;
  private int updatesDone;

  /**
   * @param start how far the run is; what files hold of later updates is taken back
   */
  RunRecorder(
      ExperimentConfig config,
      RunDirectory directory,
      Policy policy,
      Optional<TraceHeader> traceHeader,
      JobClock clock,
      Consumer<JobEvent> listener,
      RunProgress start) {
    this.log = new RunLog(directory); // first: it keeps other processes out
    this.removedRows = RunTruncation.to(directory, start.updatesDone());
    this.start = start;
    this.totals = start.totals();
    this.updatesDone = start.updatesDone();
    this.policy = policy;
    this.clock = clock;
    this.listener = listener;
    this.updates = config.train().updates();
    this.metrics = new MetricsWriter(directory);
    this.completions = new CompletionsFile(directory);
    this.checkpoints = new Checkpoints(directory);
    this.trace =
        traceHeader.map(header -> new TraceRecorder(TraceWriter.open(directory.trace(), header)));
  }

  /** Updates come from {@code one}; checkpoints hold what it carries. */
  void begin(Trainer one) {
    trainer = Optional.of(one);
    one.critic().ifPresent(critic -> log.line("critic: " + critic.describe()));
  }

  /** Tells the listener, and the log if it is a sentence. */
  void tell(JobEvent event) {
    if (event instanceof JobEvent.Started started) {
      log.line("started: " + started.policy() + ", workers " + started.workers());
    } else if (event instanceof JobEvent.ColdStartReused reused) {
      log.line("cold start reused from " + reused.entry());
    } else if (event instanceof JobEvent.ColdStartFinished finished) {
      log.line("cold start done in " + finished.seconds() + " s");
    } else if (event instanceof JobEvent.Note note) {
      log.line(note.text());
    }
    listener.accept(event);
  }

  @Override
  public void accept(TrainingEvent event) {
    if (event instanceof TrainingEvent.UpdateFinished finished) {
      writeRow();
      update(finished);
    } else if (event instanceof TrainingEvent.Evaluated evaluated) {
      clock.addEvaluation(evaluated.seconds());
      if (evaluated.updatesDone() > 0) { // the first one is in the summary
        MetricsRow.putEvaluation(row, evaluated.evaluation(), evaluated.seconds());
        evaluated(evaluated.updatesDone(), evaluated.evaluation());
      }
    } else if (event instanceof TrainingEvent.CheckpointDue due) {
      checkpoint(due.updatesDone());
    }
  }

  private void update(TrainingEvent.UpdateFinished finished) {
    updatesDone = finished.trace().update() + 1;
    totals = MetricsRow.add(totals, finished.trace());
    metrics.begin(MetricsRow.columns(finished.metrics().named().keySet()));
    double writing = trace(finished);
    MetricsRow.putUpdate(row, finished.trace(), finished.metrics(), totals, writing);
    clock.addUpdate(finished.trace().seconds(), writing);
    tell(new JobEvent.Updated(updatesDone, updates, row));
  }

  /** Has the line of the trace written; returns the seconds that training waited for it. */
  private double trace(TrainingEvent.UpdateFinished finished) {
    if (trace.isEmpty()) {
      return 0;
    }
    long start = System.nanoTime();
    trace.get().write(finished.trace(), finished.metrics(), policy.parameters());
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }

  /** Writes down an evaluation. */
  void evaluated(int done, Evaluation evaluation) {
    completions.write(done, evaluation);
    log.line(
        "after "
            + done
            + " updates: greedy accuracy "
            + evaluation.greedyAccuracy().value()
            + ", mean length "
            + evaluation.meanLength());
    tell(new JobEvent.Evaluated(done, evaluation));
  }

  /** Writes a checkpoint of policy, critic and trainer as they are. */
  void checkpoint(int done) {
    trace.ifPresent(TraceRecorder::flush); // a resumed run goes on from both
    checkpoints.write(
        policy,
        trainer.orElseThrow(),
        new RunProgress(done, totals, clock.seconds(), start.coldStartReused()));
    log.line("checkpoint after " + done + " updates");
  }

  /** Writes the last row. */
  void writeRow() {
    if (!row.isEmpty()) {
      metrics.write(row);
      row.clear();
    }
  }

  /** Updates taken so far. */
  int updatesDone() {
    return updatesDone;
  }

  /** Rows of the metrics that were taken back at the start. */
  int removedRows() {
    return removedRows;
  }

  /** Whether the cold start came from the cache. */
  boolean coldStartReused() {
    return start.coldStartReused();
  }

  /** What was sampled so far. */
  RunTotals totals() {
    return totals;
  }

  @Override
  public void close() {
    try (metrics;
        completions;
        log) {
      trace.ifPresent(TraceRecorder::close);
      writeRow();
    }
  }
}
