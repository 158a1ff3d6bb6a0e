package org.grpo4j.performance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.run.RunSetup;
import org.grpo4j.experiment.run.TrainerFactory;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.MatrixPeak;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.UpdateTrace;

/** {@code roofline}: the phases of the default step on one worker, and what the core can do. */
final class RooflinePart implements Part {

  static final String CORE = "a core";
  static final String PHASE = "phase";
  static final String SECONDS = "seconds";
  static final String OPERATIONS = "operations";
  static final String BYTES = "bytes";

  static final String ROLLOUT = "rollout";
  static final String SCORE = "score";
  static final String FORWARD = "forward";
  static final String BACKWARD = "backward";
  static final String OPTIMIZER = "optimiser";
  static final String REST = "rest of the update";

  static final String FMA = "multiply-adds in registers";
  static final String SGEMM = "OpenBLAS, 384 x 384";
  static final String COPY = "copies within ";

  /** Sizes of what is copied: in the first, second and third level of cache, and in none. */
  static final Map<String, Long> LEVELS = levels();

  private static final int WARM_UP = 500;
  private static final int UPDATES = 300;

  private static Map<String, Long> levels() {
    Map<String, Long> levels = new LinkedHashMap<>();
    levels.put("32 KiB", 32L << 10);
    levels.put("512 KiB", 512L << 10);
    levels.put("8 MiB", 8L << 20);
    levels.put("512 MiB", 512L << 20);
    return levels;
  }

  @Override
  public void measure(Session session) {
    Measurements into = session.measurements();
    for (int round = 1; round <= session.rounds(); round++) {
      session.say("roofline, round %d of %d", round, session.rounds());
      into.add(CORE, FMA, OPERATIONS, MachineLimits.operationsPerSecond());
      into.add(CORE, SGEMM, OPERATIONS, MatrixPeak.floatOperationsPerSecond());
      LEVELS.forEach(
          (level, bytes) ->
              into.add(CORE, COPY + level, BYTES, MachineLimits.bytesPerSecond(bytes)));
      phases().forEach((phase, seconds) -> into.add(PHASE, phase, SECONDS, seconds.median()));
    }
    count(into, ROLLOUT, StepCount.rollout(Size.DEFAULT));
    count(into, FORWARD, StepCount.forward(Size.DEFAULT));
    count(into, BACKWARD, StepCount.backward(Size.DEFAULT));
  }

  private static void count(Measurements into, String phase, StepCount count) {
    into.add(PHASE, phase, OPERATIONS, count.operations());
    into.add(PHASE, phase, BYTES, count.bytes());
  }

  /** The seconds of each phase, update by update. */
  private static Map<String, Sample> phases() {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    try (Workers workers = Workers.callingThread()) {
      RunSetup setup = RunSetup.of(config(), workers, Path.of(""));
      try (Policy policy =
          setup.config().model().create(setup.task(), setup.streams(), setup.workers())) {
        Trainer trainer = new TrainerFactory(setup, true).trainer(policy);
        for (int update = 0; update < WARM_UP + UPDATES; update++) {
          UpdateTrace trace = trainer.update(update);
          Map<String, Double> phases = phases(policy, trace);
          if (update >= WARM_UP) {
            phases.forEach(
                (phase, seconds) ->
                    times.computeIfAbsent(phase, name -> new ArrayList<>()).add(seconds));
          }
        }
      }
    }
    Map<String, Sample> samples = new LinkedHashMap<>();
    times.forEach((phase, seconds) -> samples.put(phase, new Sample(seconds)));
    return samples;
  }

  private static ExperimentConfig config() {
    Path library = ExperimentFiles.library();
    return new ExperimentFiles(List.of(library))
        .read(library.resolve("think-add.yaml"), List.of("workers=1"));
  }

  /** The trainer's own times, and what it calls for the update, called once more. */
  private static Map<String, Double> phases(Policy policy, UpdateTrace trace) {
    List<Sequence> rows = trace.rollout().sequences();
    TokenTable byLogProb = trace.steps().get(0).objective().lossByLogProb();
    Stopwatch watch = new Stopwatch();
    double forward;
    double backward;
    try (ForwardPass pass = policy.forward(rows, 1)) {
      forward = watch.lap();
      pass.backward(byLogProb);
      backward = watch.lap();
    }
    policy.applyGradient(0, Double.POSITIVE_INFINITY);
    double optimizer = watch.lap();
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put(ROLLOUT, trace.seconds().rollout());
    phases.put(SCORE, trace.seconds().advantages());
    phases.put(FORWARD, forward);
    phases.put(BACKWARD, backward);
    phases.put(OPTIMIZER, optimizer);
    phases.put(REST, trace.seconds().optimize() - forward - backward - optimizer);
    return phases;
  }
}
