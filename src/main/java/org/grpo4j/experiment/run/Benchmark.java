package org.grpo4j.experiment.run;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.MatrixPeak;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.train.ColdStart;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.UpdateTrace;

/**
 * The timing of the phases of a step: medians after a warm-up, nothing written to disk. Supervised
 * steps come after the updates, which have warmed up what the two share, and the first half of them
 * is not counted.
 *
 * @param config the configuration
 * @param updates updates that are timed, at least 1
 * @param warmup updates before, not timed
 * @param forcedLength whether every completion has the full length
 */
public record Benchmark(ExperimentConfig config, int updates, int warmup, boolean forcedLength) {

  private static final int COLD_START_STEPS = 400;
  private static final int CORPUS = 2000;

  /**
   * The measurements. Seconds are medians.
   *
   * @param policy the policy in one line
   * @param updates updates that were timed
   * @param forcedLength whether every completion had the full length
   * @param coldStartStepSeconds one supervised step
   * @param rolloutSeconds sampling
   * @param scoreSeconds rewards, advantages, scores of old and reference policy
   * @param optimizeSeconds forward, loss, backward, optimiser
   * @param stepSeconds a whole update
   * @param fastestStepSeconds the fastest whole update
   * @param tokensPerUpdate mean completion tokens of an update
   * @param flopsPerSecond estimated operations a second of a median step
   * @param peakFlopsPerSecond what matrix products of one thread reach here, times the workers
   * @param allocatedBytesPerUpdate objects that the calling thread makes in an update: all of them
   *     with one worker; NaN where the JVM does not count
   */
  public record Result(
      String policy,
      int updates,
      boolean forcedLength,
      double coldStartStepSeconds,
      double rolloutSeconds,
      double scoreSeconds,
      double optimizeSeconds,
      double stepSeconds,
      double fastestStepSeconds,
      double tokensPerUpdate,
      double flopsPerSecond,
      double peakFlopsPerSecond,
      double allocatedBytesPerUpdate) {

    /** Completion tokens a second. */
    public double tokensPerSecond() {
      return tokensPerUpdate / stepSeconds;
    }
  }

  /** Runs it; stops early, with what there is, when asked to. */
  public Result run(BooleanSupplier stopRequested) {
    try (Workers workers = new Workers(config.workerCount())) {
      return run(RunSetup.of(config, workers, Path.of("")), stopRequested); // no run is read
    }
  }

  private Result run(RunSetup setup, BooleanSupplier stopRequested) {
    try (Policy policy =
        setup.suitable(
            () -> config.model().create(setup.task(), setup.streams(), setup.workers()))) {
      Trainer trainer = new TrainerFactory(setup, forcedLength).trainer(policy);
      UpdateTrace.Sampled totals = UpdateTrace.Sampled.NONE;
      List<UpdateTrace.Seconds> timed = new ArrayList<>(); // a trace is large
      double allocated = 0;
      for (int i = 0; i < warmup + updates && !(stopRequested.getAsBoolean() && i > 0); i++) {
        double before = allocatedBytes();
        UpdateTrace trace = trainer.update(i);
        if (i >= warmup || stopRequested.getAsBoolean()) {
          timed.add(trace.seconds());
          totals = totals.plus(trace.sampled());
          allocated += allocatedBytes() - before;
        }
      }
      double coldStartStep = coldStartStep(policy, setup, stopRequested);
      return result(policy, setup, coldStartStep, timed, totals, allocated / timed.size());
    }
  }

  private double coldStartStep(Policy policy, RunSetup setup, BooleanSupplier stopRequested) {
    if (config.coldStart().steps() == 0) {
      return Double.NaN;
    }
    ColdStartCorpus corpus = ColdStartCorpus.draw(setup.task(), CORPUS, setup.streams());
    double[] times = new double[COLD_START_STEPS];
    Stopwatch watch = new Stopwatch();
    int[] steps = {0};
    new ColdStart(
            policy,
            corpus,
            config.coldStart().withSteps(COLD_START_STEPS),
            setup.streams(),
            step -> times[steps[0]++] = watch.lap())
        .run(stopRequested);
    return median(Arrays.copyOfRange(times, Math.min(steps[0] / 2, times.length - 1), steps[0]));
  }

  private Result result(
      Policy policy,
      RunSetup setup,
      double coldStartStep,
      List<UpdateTrace.Seconds> timed,
      UpdateTrace.Sampled totals,
      double allocatedBytesPerUpdate) {
    double[] steps = timed.stream().mapToDouble(UpdateTrace.Seconds::total).toArray();
    double step = median(steps);
    FlopEstimate estimate = FlopEstimate.of(config, setup.task());
    double flops = estimate.training(config, totals, timed.size()) / timed.size();
    return new Result(
        policy.describe(),
        timed.size(),
        forcedLength,
        coldStartStep,
        median(timed.stream().mapToDouble(UpdateTrace.Seconds::rollout).toArray()),
        median(timed.stream().mapToDouble(UpdateTrace.Seconds::advantages).toArray()),
        median(timed.stream().mapToDouble(UpdateTrace.Seconds::optimize).toArray()),
        step,
        Arrays.stream(steps).min().orElse(Double.NaN),
        totals.tokens() / (double) timed.size(),
        flops / step,
        MatrixPeak.floatOperationsPerSecond() * setup.workers().count(),
        allocatedBytesPerUpdate);
  }

  /** Bytes that the calling thread has allocated so far. */
  private static double allocatedBytes() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting
        ? counting.getCurrentThreadAllocatedBytes()
        : Double.NaN;
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
