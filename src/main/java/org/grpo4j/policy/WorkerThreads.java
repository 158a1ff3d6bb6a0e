package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The threads of {@link Workers}, where there is more than one: the calling thread is one of them,
 * so only the others must be woken, and what the caller has just written is still in its cache.
 */
final class WorkerThreads implements Workers.Threads {

  private final int count;
  private final ExecutorService others;

  WorkerThreads(int count) {
    this.count = count;
    this.others =
        Executors.newFixedThreadPool(
            count - 1,
            task -> {
              Thread thread = new Thread(task, "grpo4j-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The tasks of one call: whoever is free takes the next. */
  private static final class Tasks<T> implements Runnable {

    private final IntFunction<T> task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable T> results;
    private final AtomicReferenceArray<@Nullable Throwable> failures;
    private final CountDownLatch unfinished;

    Tasks(int count, IntFunction<T> task) {
      this.task = task;
      this.results = new AtomicReferenceArray<>(count);
      this.failures = new AtomicReferenceArray<>(count);
      this.unfinished = new CountDownLatch(count);
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < results.length(); i = next.getAndIncrement()) {
        try {
          results.set(i, task.apply(i));
        } catch (RuntimeException | Error e) {
          failures.set(i, e);
        } finally {
          unfinished.countDown();
        }
      }
    }

    /** The results, or the failure of the first task that failed. */
    List<T> await() {
      try {
        unfinished.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a worker", e);
      }
      List<T> all = new ArrayList<>(results.length());
      for (int i = 0; i < results.length(); i++) {
        Throwable failure = failures.get(i);
        if (failure instanceof RuntimeException e) {
          throw e;
        }
        if (failure instanceof Error e) {
          throw e;
        }
        all.add(results.get(i));
      }
      return all;
    }
  }

  @Override
  public <T> List<T> mapOrdered(int count, IntFunction<T> task) {
    Tasks<T> tasks = new Tasks<>(count, task);
    for (int i = 1; i < Math.min(this.count, count); i++) {
      others.execute(tasks);
    }
    tasks.run();
    return tasks.await();
  }

  @Override
  public <T> Deque<T> stack() {
    return new ConcurrentLinkedDeque<>();
  }

  @Override
  public void close() {
    others.shutdown();
  }
}
