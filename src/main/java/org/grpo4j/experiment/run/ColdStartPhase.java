package org.grpo4j.experiment.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.experiment.files.ColdStartCache;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.ColdStart;
import org.grpo4j.train.TrainingEvent;

/** The cold start of a run: taken from the cache if it is there, done and kept there otherwise. */
final class ColdStartPhase {

  private static final double NANOS = 1e9;

  private final ExperimentConfig config;
  private final TaskSource task;
  private final RandomStreams streams;
  private final ColdStartCache cache;
  private Optional<ColdStartCache.Hit> hit = Optional.empty();
  private String complaint = "";

  ColdStartPhase(ExperimentConfig config, Path runs, TaskSource task, RandomStreams streams) {
    this.config = config;
    this.task = task;
    this.streams = streams;
    this.cache = new ColdStartCache(runs, task);
  }

  /** The policy to begin with: after a cached cold start, or new. */
  Policy policy(Workers workers) {
    if (config.coldStart().steps() > 0) {
      ColdStartCache.Lookup lookup = cache.find(config, workers);
      hit = lookup.hit();
      complaint = lookup.complaint();
    }
    try {
      Policy policy =
          hit.isPresent() ? hit.get().policy() : config.model().create(task, streams, workers);
      return config.critic().prepare(policy, streams.runSeed(), workers);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          new Origin("experiment " + config.name(), 0),
          "model",
          "does not suit the task " + config.task().name() + ": " + e.getMessage(),
          "");
    }
  }

  /** Whether the policy came from the cache. */
  boolean reused() {
    return hit.isPresent();
  }

  /**
   * Does the cold start, if there is one and it is not done already.
   *
   * @return false if it was stopped
   */
  boolean run(Policy policy, BooleanSupplier stopRequested, Consumer<JobEvent> listener) {
    if (!complaint.isEmpty()) {
      listener.accept(
          new JobEvent.Note("the cached cold start is damaged and is made again: " + complaint));
    }
    if (hit.isPresent()) {
      listener.accept(new JobEvent.ColdStartReused(cache.entry(config), hit.get().seconds()));
      return true;
    }
    if (config.coldStart().steps() == 0) {
      return true;
    }
    long begin = System.nanoTime();
    Consumer<TrainingEvent> steps = event -> forward(event, listener);
    ColdStart coldStart = new ColdStart(policy, corpus(), config.coldStart(), streams, steps);
    if (!coldStart.run(stopRequested)) {
      return false;
    }
    double seconds = (System.nanoTime() - begin) / NANOS;
    if (!config.critic().changesPolicy()) { // others take the cached policy as it is
      cache.store(config, policy, seconds);
    }
    listener.accept(new JobEvent.ColdStartFinished(seconds));
    return true;
  }

  private static void forward(TrainingEvent event, Consumer<JobEvent> listener) {
    if (event instanceof TrainingEvent.ColdStartStepped stepped) {
      listener.accept(
          new JobEvent.ColdStartStepped(stepped.step() + 1, stepped.steps(), stepped.loss()));
    }
  }

  private ColdStartCorpus corpus() {
    return ColdStartCorpus.draw(task, config.coldStart().corpusSize(), streams);
  }
}
