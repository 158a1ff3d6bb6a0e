package org.grpo4j.experiment.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The maker of the runs of a sweep: {@link ProcessSweep} on this machine, or a cluster. */
public interface SweepEngine {

  /**
   * Makes these runs and returns when all have ended. A run that fails is reported and the others
   * go on.
   *
   * @param runs the directory that finished runs are in afterwards
   * @param stopRequested asked a few times a second; when true, what runs is ended
   * @param listener told of starts and ends, one event at a time
   * @throws org.grpo4j.experiment.config.ConfigException if one of them cannot be made this way;
   *     none has been then
   */
  Made run(
      List<PlannedRun> planned,
      Path runs,
      BooleanSupplier stopRequested,
      Consumer<? super SweepEvent> listener);

  /**
   * The runs that were made.
   *
   * @param outcomes how the runs ended, in the order given; if stopped, without those never started
   * @param stopped whether the user stopped it
   */
  record Made(List<RunOutcome> outcomes, boolean stopped) {

    public Made {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** Finds engines that come in a jar of their own, with {@link java.util.ServiceLoader}. */
  interface Provider {

    /**
     * The engine at {@code master}.
     *
     * @param master such as {@code local[2]} or {@code spark://host:7077}
     * @param jobs how many runs at a time
     * @param last arguments of {@code train} after all others
     */
    SweepEngine at(String master, int jobs, List<String> last);
  }
}
