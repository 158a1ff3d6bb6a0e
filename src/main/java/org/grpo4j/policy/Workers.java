package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.grpo4j.math.Require;

/**
 * Runs independent tasks on a fixed number of threads and returns their results in task order. Who
 * cuts work into tasks must not look at {@link #count()}, and must combine the results in order:
 * then any number of workers gives the same bits. With one worker everything runs on the calling
 * thread, so a debugger sees one stack.
 */
public final class Workers implements AutoCloseable {

  private final int count;
  private final ExecutorService executor;

  /**
   * @param count number of threads, at least 1
   */
  public Workers(int count) {
    Require.that(count >= 1, "workers", "at least 1", count);
    this.count = count;
    this.executor =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "grpo4j-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Number of threads. */
  public int count() {
    return count;
  }

  /** The results of {@code task(0) … task(tasks - 1)}, in that order. */
  public <T> List<T> mapOrdered(int tasks, IntFunction<T> task) {
    List<T> results = new ArrayList<>(tasks);
    if (count == 1 || tasks == 1) {
      for (int i = 0; i < tasks; i++) {
        results.add(task.apply(i));
      }
      return results;
    }
    List<Future<T>> futures = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      int index = i;
      futures.add(executor.submit(() -> task.apply(index)));
    }
    for (Future<T> future : futures) {
      results.add(await(future));
    }
    return results;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a worker", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
