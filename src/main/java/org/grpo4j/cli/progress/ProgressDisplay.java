package org.grpo4j.cli.progress;

import org.grpo4j.cli.text.Console;
import org.grpo4j.experiment.run.JobEvent;

/** Shows on standard error how a run goes. */
public interface ProgressDisplay extends AutoCloseable {

  /** The display that suits the console. */
  static ProgressDisplay of(Console console, boolean quiet) {
    if (quiet) {
      return event -> {};
    }
    return console.terminal() ? new ProgressBarDisplay(console) : new ProgressLines(console);
  }

  /** Shows an event. */
  void show(JobEvent event);

  /** Removes or ends what is unfinished. */
  @Override
  default void close() {}
}
