package org.grpo4j.experiment.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;

/** A program that compares thousands of invented runs and prints what that costs in memory. */
public final class ManyRuns {

  private static final int SUMMARY = 60;
  private static final int SETTINGS = 120;
  private static final int COLUMNS = 39;

  /** What is held survives all of them; what one has left may only wait for a thread to let go. */
  private static final int COLLECTIONS = 5;

  /** Intervals of a resample: what they say is not asked here. */
  private static final Bootstrap QUICK = new Bootstrap(1, 0.95, 1);

  private ManyRuns() {}

  /**
   * Prints the bytes that each further run costs a comparison of two experiments at its end.
   *
   * @param arguments how many runs, and updates of each
   */
  public static void main(String[] arguments) throws IOException {
    int runs = Integer.parseInt(arguments[0]);
    int updates = Integer.parseInt(arguments[1]);
    long ofFew = heldBytes(compare(runs / 20, updates));
    long ofAll = heldBytes(compare(runs / 2, updates));
    System.out.println((ofAll - ofFew) / (runs - runs / 10));
  }

  /** What that is in a process with this option for its heap, which must be enough. */
  public static int bytesARun(String heap, int runs, int updates) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ManyRuns.class.getName(),
                String.valueOf(runs),
                String.valueOf(updates))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return Integer.parseInt(said.strip());
  }

  private static long heldBytes(Comparison comparison) {
    if (comparison.curves().isEmpty() || comparison.measures().size() < 10) {
      throw new IllegalStateException("there should be curves and measures");
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Runtime machine = Runtime.getRuntime();
      least = Math.min(least, machine.totalMemory() - machine.freeMemory());
    }
    Reference.reachabilityFence(comparison);
    return least;
  }

  private static Comparison compare(int seeds, int updates) throws IOException {
    RunStore store = RunStore.open();
    List<ComparedExperiment> experiments = new ArrayList<>();
    for (String name : List.of("one", "other")) {
      List<FinishedRun> runs = new ArrayList<>();
      for (int seed = 1; seed <= seeds; seed++) {
        runs.add(store.keep(run(name, seed, updates)));
      }
      experiments.add(new ComparedExperiment(name, runs));
    }
    return Comparison.of("many", experiments, StandardMeasures.all(), QUICK);
  }

  /** A run with as many numbers and settings as one has, and all columns that are drawn. */
  private static FinishedRun run(String name, long seed, int updates) {
    Map<String, String> settings = new LinkedHashMap<>();
    IntStream.range(0, SETTINGS).forEach(i -> settings.put("section.setting" + i, name + i));
    Map<String, Double> summary = new LinkedHashMap<>();
    summary.put(FinishedRun.FLOPS, 1e9);
    summary.put(Metric.GREEDY.key(), 0.5 + seed % 7 / 100.0);
    IntStream.range(0, SUMMARY).forEach(i -> summary.put("number" + i, (double) i));
    Map<String, DoubleVector> columns = new LinkedHashMap<>();
    for (Metric metric : List.of(Metric.REWARD, Metric.GREEDY, Metric.MEAN_LENGTH)) {
      columns.put(metric.key(), DoubleVector.constant(updates, 0.25 + seed % 5 / 10.0));
    }
    columns.put(Metric.UPDATES_DONE.key(), growing(updates, 1));
    columns.put(Metric.COMPLETIONS.key(), growing(updates, 64));
    columns.put(Metric.TOKENS.key(), growing(updates, 500 + seed % 11)); // places of its own
    columns.put(FinishedRun.TRAINING_SECONDS, DoubleVector.constant(updates, 0.01));
    for (int i = columns.size(); i < COLUMNS; i++) {
      columns.put("column" + i, DoubleVector.constant(updates, i));
    }
    return new FinishedRun(
        seed,
        Path.of("runs", name + "__" + seed + "__20260101T000000Z"),
        new FinishedRun.Provenance(name, "0.1 abc", "EPYC", 1, settings),
        RunNumbers.of(summary, columns));
  }

  private static DoubleVector growing(int updates, double step) {
    return DoubleVector.of(
        IntStream.rangeClosed(1, updates).mapToDouble(update -> update * step).toArray());
  }
}
