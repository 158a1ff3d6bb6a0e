package org.grpo4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.RunStore;
import org.grpo4j.experiment.comparison.StandardMeasures;
import org.grpo4j.experiment.files.RunArchive;
import org.grpo4j.experiment.files.RunParcel;
import org.grpo4j.experiment.statistics.Bootstrap;

/** Measurements of sweeps of {@code thousand-runs}; the processor's time is that of Linux. */
final class SweepMeasurements {

  private static final double TICKS_PER_SECOND = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  private SweepMeasurements() {}

  /**
   * A command, from its start to its page.
   *
   * @param how what makes the runs, as options
   * @param workers runs at a time
   * @param runs how many it made
   * @param wall seconds
   * @param processor seconds of the processor, of all its processes
   */
  record Sweep(String how, int workers, int runs, double wall, double processor) {

    double runsAnHourAndWorker() {
      return runs * 3600 / wall / workers;
    }

    /** The share of a worker's runs that {@code alone} makes and this one does not. */
    double lossAgainst(Sweep alone) {
      return 1 - runsAnHourAndWorker() / alone.runsAnHourAndWorker();
    }
  }

  /** Makes the runs of ten variants with so many seeds, by the launcher, in {@code directory}. */
  static Sweep sweep(Path directory, int seeds, int workers, String... how) throws Exception {
    Path runs = Files.createDirectories(directory);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("experiment", "thousand-runs", "--seeds", "1-" + seeds, "--quiet"));
    words.addAll(List.of("--runs", runs.toString(), "--out", runs.resolve("out").toString()));
    words.addAll(List.of(how));
    launch(runs, List.of("--version")); // builds, if something has changed
    double before = secondsOfEndedProcesses();
    long start = System.nanoTime();
    launch(runs, words);
    double wall = (System.nanoTime() - start) / NANOS_PER_SECOND;
    double processor = secondsOfEndedProcesses() - before;
    return new Sweep(String.join(" ", how), workers, 10 * seeds, wall, processor);
  }

  private static void launch(Path runs, List<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of("grpo4j").toAbsolutePath().toString()));
    command.addAll(words);
    Path said = runs.resolve("said.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, process.waitFor(), Files.readString(said));
  }

  /** Of processes that this one has started, and those that they have. */
  private static double secondsOfEndedProcesses() throws IOException {
    String[] fields =
        Files.readString(Path.of("/proc/self/stat")).replaceFirst(".*[)] ", "").split(" ", -1);
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
  }

  /**
   * Milliseconds of one thread a run.
   *
   * @param pack on the machine that made it
   * @param unpack into its place, checked
   * @param look whether it is there and whole
   * @param read into a comparison
   * @param compare its part of tables and curves, of forty seeds and more
   */
  record Driver(double pack, double unpack, double look, double read, double compare) {}

  /**
   * The driver's part, measured with the runs of a sweep in {@code runs}; {@code scratch} is new.
   */
  static Driver driver(Path runs, Path scratch) throws IOException {
    List<Path> directories = directories(runs);
    driver(runs, directories, scratch.resolve("first")); // lets Java compile
    return driver(runs, directories, scratch.resolve("second"));
  }

  private static Driver driver(Path runs, List<Path> directories, Path scratch) throws IOException {
    List<byte[]> parcels = new ArrayList<>();
    List<FinishedRun> finished = new ArrayList<>();
    RunStore store = RunStore.open();
    return new Driver(
        millis(directories, run -> parcels.add(RunParcel.pack(run))),
        millis(parcels, parcel -> RunParcel.unpack(parcel, scratch)),
        millis(List.of(runs), RunArchive::of) / directories.size(),
        millis(directories, run -> finished.add(store.read(run))),
        compare(finished));
  }

  /** As if there were four times as many seeds: below twenty some numbers are not asked for. */
  private static double compare(List<FinishedRun> runs) throws IOException {
    List<FinishedRun> more = new ArrayList<>();
    for (int copy = 0; copy < 4; copy++) {
      for (FinishedRun run : runs) {
        long seed = run.seed() + 1000L * copy;
        more.add(new FinishedRun(seed, run.directory(), run.provenance(), run.numbers()));
      }
    }
    List<ComparedExperiment> experiments =
        more.stream()
            .collect(Collectors.groupingBy(run -> run.provenance().configHash()))
            .entrySet()
            .stream()
            .map(one -> new ComparedExperiment(one.getKey(), one.getValue()))
            .toList();
    return millis(
            List.of(experiments),
            all -> Comparison.of("timed", all, StandardMeasures.all(), Bootstrap.STANDARD))
        / more.size();
  }

  private interface Work<T> {
    void on(T thing) throws IOException;
  }

  private static <T> double millis(List<T> things, Work<T> work) throws IOException {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (T thing : things) {
      work.on(thing);
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return (end - start) / 1e6 / things.size();
  }

  /** The run directories in {@code runs}. */
  static List<Path> directories(Path runs) throws IOException {
    try (Stream<Path> paths = Files.list(runs)) {
      return paths.filter(path -> path.getFileName().toString().contains("__")).sorted().toList();
    }
  }

  /** The bytes of all files in {@code run}. */
  static long bytes(Path run) throws IOException {
    long bytes = 0;
    try (Stream<Path> paths = Files.walk(run)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
