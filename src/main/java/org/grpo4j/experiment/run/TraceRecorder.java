package org.grpo4j.experiment.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Ledger;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TraceWriter;
import org.grpo4j.experiment.trace.UpdateTracer;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;

/**
 * The writer of the trace beside training: hashing and writing an update takes about as long as a
 * tenth of computing one, and everything that is written is immutable. At most one update is under
 * way; what failed is thrown at the next one.
 */
final class TraceRecorder implements AutoCloseable {

  private final TraceWriter writer;
  private final ExecutorService thread;
  private Future<?> underWay = CompletableFuture.completedFuture(null);

  /** The recorder of a run's trace, which is begun or continued. */
  static TraceRecorder open(RunSetup setup, RunDirectory run, Ledger ledger, Policy policy) {
    return new TraceRecorder(TraceWriter.open(run, ledger, header(setup, policy)));
  }

  private static TraceHeader header(RunSetup setup, Policy policy) {
    ExperimentConfig config = setup.config();
    return new TraceHeader(
        TraceHeader.SCHEMA,
        config.name(),
        config.seed(),
        config.task().name(),
        setup.task().vocabulary().symbolList(),
        config.train().temperature(),
        config.train().groupSize(),
        config.train().promptsPerUpdate(),
        config.train().updates(),
        policy.parameterCount(),
        policy.parameterBlocks(),
        config.trace().groups(),
        config.trace().gradientsEvery());
  }

  private TraceRecorder(TraceWriter writer) {
    this.writer = writer;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread one = new Thread(task, "grpo4j-trace");
              one.setDaemon(true);
              return one;
            });
  }

  /**
   * Has the update written.
   *
   * @param parameters of the policy after it
   */
  void write(UpdateTrace trace, UpdateMetrics metrics, DoubleVector parameters) {
    flush();
    underWay = thread.submit(() -> writer.write(UpdateTracer.of(trace, metrics, parameters)));
  }

  /** Returns when everything is in the file. */
  void flush() {
    try {
      underWay.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the trace was written", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    try (writer) {
      flush();
    } finally {
      thread.shutdown();
    }
  }
}
