package org.grpo4j.experiment.run;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.train.evaluation.Evaluation;

/** An event of a run, for its listener. Events come on the training thread, in order. */
public sealed interface JobEvent {

  /** The event as a line of the log, if it is one. */
  default Optional<String> sentence() {
    return Optional.empty();
  }

  /**
   * The run directory is there, the policy too.
   *
   * @param directory where everything goes
   * @param policy the policy in one line
   * @param workers number of threads
   */
  record Started(RunDirectory directory, String policy, int workers) implements JobEvent {

    @Override
    public Optional<String> sentence() {
      return Optional.of("started: " + policy + ", workers " + workers);
    }
  }

  /**
   * The cold start was found in the cache.
   *
   * @param entry where
   * @param secondsSaved what it took when it was done
   */
  record ColdStartReused(Path entry, double secondsSaved) implements JobEvent {

    @Override
    public Optional<String> sentence() {
      return Optional.of("cold start reused from " + entry);
    }
  }

  /**
   * One step of the cold start is done.
   *
   * @param stepsDone steps taken
   * @param steps how many there will be
   * @param loss mean negative log-probability of the batch's tokens, in nats
   */
  record ColdStartStepped(int stepsDone, int steps, double loss) implements JobEvent {}

  /** The cold start is done, and took so many {@code seconds}. */
  record ColdStartFinished(double seconds) implements JobEvent {

    @Override
    public Optional<String> sentence() {
      return Optional.of("cold start done in " + seconds + " s");
    }
  }

  /**
   * One update is done.
   *
   * @param updatesDone updates taken
   * @param updates how many there will be
   * @param metrics the update's row, without what is evaluated after it
   */
  record Updated(int updatesDone, int updates, Map<String, Number> metrics) implements JobEvent {

    public Updated {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  /**
   * The policy was evaluated.
   *
   * @param updatesDone updates taken before
   * @param evaluation what was found
   */
  record Evaluated(int updatesDone, Evaluation evaluation) implements JobEvent {}

  /** Something worth knowing, in one sentence. */
  record Note(String text) implements JobEvent {

    @Override
    public Optional<String> sentence() {
      return Optional.of(text);
    }
  }
}
