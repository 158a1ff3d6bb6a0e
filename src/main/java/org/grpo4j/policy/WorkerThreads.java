package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** The threads of {@link Workers}, where there is more than one. */
final class WorkerThreads implements Workers.Threads {

  private final ExecutorService executor;

  WorkerThreads(int count) {
    this.executor =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "grpo4j-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public <T> List<T> mapOrdered(int tasks, IntFunction<T> task) {
    List<T> results = new ArrayList<>(tasks);
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
  public <T> Deque<T> stack() {
    return new ConcurrentLinkedDeque<>();
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
