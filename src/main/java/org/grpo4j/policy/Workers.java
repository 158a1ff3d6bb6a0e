package org.grpo4j.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.grpo4j.math.Require;

/**
 * Runs independent tasks on a fixed number of threads and returns their results in task order. Who
 * cuts work into tasks must not look at {@link #count()}, and must combine the results in order:
 * then any number of workers gives the same bits. With one worker everything runs on the calling
 * thread, so a debugger sees one stack, and no thread is made: a page in a browser has but one.
 */
public final class Workers implements AutoCloseable {

  private final int count;
  private final Optional<Threads> threads;

  /** Threads beside the calling one. */
  interface Threads {

    /** The results of the tasks, in their order. */
    <T> List<T> mapOrdered(int tasks, IntFunction<T> task);

    /** An empty stack that several threads may use at once. */
    <T> Deque<T> stack();

    /** Lets the threads end. */
    void close();
  }

  /**
   * @param count number of threads, at least 1
   */
  public Workers(int count) {
    this(count, count > 1 ? Optional.of(new WorkerThreads(count)) : Optional.empty());
  }

  private Workers(int count, Optional<Threads> threads) {
    Require.that(count >= 1, "workers", "at least 1", count);
    this.count = count;
    this.threads = threads;
  }

  /** The calling thread alone. */
  public static Workers callingThread() {
    return new Workers(1, Optional.empty());
  }

  /** Number of threads. */
  public int count() {
    return count;
  }

  /** The results of {@code task(0) … task(tasks - 1)}, in that order. */
  public <T> List<T> mapOrdered(int tasks, IntFunction<T> task) {
    if (threads.isPresent() && tasks > 1) {
      return threads.get().mapOrdered(tasks, task);
    }
    List<T> results = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      results.add(task.apply(i));
    }
    return results;
  }

  /** An empty stack that all these workers, and nobody else, may use at once. */
  public <T> Deque<T> stack() {
    return threads.isPresent() ? threads.get().stack() : new ArrayDeque<>();
  }

  @Override
  public void close() {
    threads.ifPresent(Threads::close);
  }
}
