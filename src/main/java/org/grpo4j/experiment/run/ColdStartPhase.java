package org.grpo4j.experiment.run;

import java.util.function.BooleanSupplier;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ModelConfig;
import org.grpo4j.experiment.StartConfig;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.experiment.files.ColdStartCache;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.ColdStart;

/** The cold start of a run: taken from the cache if it is there, done and kept there otherwise. */
final class ColdStartPhase {

  /** A killed cold start loses a second or two. */
  private static final int STEPS_BETWEEN_CHECKPOINTS = 500;

  private final RunSetup setup;
  private final ExperimentConfig config;
  private final ColdStartCache cache;
  private final boolean mayReuse;

  /** False for what begins with other runs: it is a run of its own already. */
  private final boolean isCached;

  private ColdStartCache.Lookup cached = ColdStartCache.Lookup.NOTHING;
  private int stepsDone;

  /** The cold start of a run, which may come from the cache if {@code mayReuse}. */
  ColdStartPhase(RunSetup setup, boolean mayReuse) {
    this.setup = setup;
    this.config = setup.config();
    this.isCached = config.runs().isEmpty() && config.examples().isEmpty();
    this.mayReuse = mayReuse && isCached;
    this.cache = new ColdStartCache(setup.inputs().runs(), config, setup.task());
  }

  /** The policy to begin with: after a cached cold start, or new. */
  Policy policy() {
    if (mayReuse && config.coldStart().steps() > 0) {
      cached = cache.find(setup.workers());
    }
    return setup.suitable(this::prepared);
  }

  private Policy prepared() {
    Policy policy = cached.policy().isPresent() ? cached.policy().get() : begin();
    Policy prepared = config.critic().prepare(policy, setup.streams().runSeed(), setup.workers());
    config // found out now, not after the cold start
        .subnetwork()
        .source()
        .ifPresent(run -> setup.inputs().change(run, prepared, setup.workers()));
    return prepared;
  }

  private Policy begin() {
    if (!(config.start() instanceof StartConfig.Run start)) {
      return config.model().create(setup.task(), setup.streams(), setup.workers());
    }
    ModelConfig before = setup.inputs().config(start.run()).model();
    if (!before.equals(config.model())) {
      String stage = start.run().stage();
      throw new ConfigException(
          new Origin("experiment " + config.name(), 0),
          "model",
          "must be that of " + stage + ", whose parameters it begins with",
          "Leave start out to begin with fresh parameters.");
    }
    return setup.inputs().policy(start.run(), setup);
  }

  /** Whether the policy came from the cache. */
  boolean reused() {
    return cached.policy().isPresent();
  }

  /**
   * Does the cold start, if there is one and it is not done already.
   *
   * @param firstStep steps that are done already, by a policy that a checkpoint had
   * @return false if it was stopped, after a checkpoint
   */
  boolean run(Policy policy, int firstStep, BooleanSupplier stopRequested, RunRecorder recorder) {
    if (!cached.complaint().isEmpty()) {
      recorder.publish(
          new JobEvent.Note(
              "the cached cold start is damaged and is made again: " + cached.complaint()));
    }
    if (reused()) {
      recorder.publish(new JobEvent.ColdStartReused(cache.entry(), cached.seconds()));
      return true;
    }
    if (config.coldStart().steps() == 0) {
      return true;
    }
    stepsDone = firstStep;
    Stopwatch watch = new Stopwatch();
    Examples.Made examples = new Examples(setup).make();
    examples.file().ifPresent(recorder::examples);
    ColdStart coldStart =
        new ColdStart(
            policy,
            examples.corpus(),
            config.coldStart(),
            setup.streams(),
            step -> stepped(step, recorder));
    boolean finished =
        firstStep == 0 ? coldStart.run(stopRequested) : coldStart.resume(firstStep, stopRequested);
    if (!finished) {
      recorder.coldStartCheckpoint(stepsDone);
      return false;
    }
    double seconds = watch.lap();
    if (isCached && !config.critic().changesPolicy()) { // others take the cached policy as it is
      String uncached = cache.store(policy, seconds);
      if (!uncached.isEmpty()) {
        recorder.publish(
            new JobEvent.Note("the cold start is not kept for later runs: " + uncached));
      }
    }
    recorder.publish(new JobEvent.ColdStartFinished(seconds));
    return true;
  }

  private void stepped(ColdStart.Step step, RunRecorder recorder) {
    stepsDone = step.stepsDone();
    recorder.publish(new JobEvent.ColdStartStepped(step.stepsDone(), step.steps(), step.loss()));
    boolean due = step.stepsDone() % STEPS_BETWEEN_CHECKPOINTS == 0;
    if (due && step.stepsDone() < step.steps()) {
      recorder.coldStartCheckpoint(step.stepsDone());
    }
  }
}
