package org.grpo4j.experiment.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.grpo4j.experiment.RunReference;

/**
 * Gives the runs of a sweep to threads in their order, and lets a run that begins with others of
 * the sweep wait for them. Those stand before it and their threads began before its own, so however
 * few threads there are, none waits for one that cannot begin.
 */
public final class InputsFirst {

  private final ExecutorService threads;
  private final Map<String, Future<?>> known = new HashMap<>();

  /** For threads that begin what they are given in order. */
  public InputsFirst(ExecutorService threads) {
    this.threads = threads;
  }

  /** Lets a thread make {@code run} when the runs that it begins with have ended. */
  public <T> Future<T> submit(PlannedRun run, Callable<T> make) {
    List<Future<?>> inputs = new ArrayList<>();
    for (RunReference input : run.config().runs()) {
      Optional.ofNullable(known.get(PlannedRun.key(input.config(), run.seed())))
          .ifPresent(inputs::add);
    }
    Future<T> future =
        threads.submit(
            () -> {
              await(inputs);
              return make.call();
            });
    known.put(run.key(), future);
    return future;
  }

  private static void await(List<Future<?>> inputs)
      throws InterruptedException, ExecutionException {
    for (Future<?> input : inputs) {
      input.get();
    }
  }
}
