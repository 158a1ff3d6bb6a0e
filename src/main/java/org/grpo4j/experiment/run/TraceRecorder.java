package org.grpo4j.experiment.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.grpo4j.experiment.trace.TraceWriter;
import org.grpo4j.experiment.trace.UpdateTracer;
import org.grpo4j.math.DoubleVector;
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

  TraceRecorder(TraceWriter writer) {
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
