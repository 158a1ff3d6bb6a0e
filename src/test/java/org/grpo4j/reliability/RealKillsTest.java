package org.grpo4j.reliability;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.grpo4j.cli.Cli;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real program, killed by the real kernel. */
@EnabledOnOs(OS.LINUX)
class RealKillsTest {

  /** Long enough to be met in the middle, in two processes at a time. */
  private static final List<String> LONGER =
      List.of(
          "cold_start.steps=1200",
          "train.updates=40",
          "checkpoints.every=10",
          "evaluation.every=10");

  /** Instants that are aimed at: as soon as this is there. */
  private static final List<String> AIMS =
      List.of(
          "ledger.jsonl",
          "checkpoints/cold-start-000500",
          "checkpoints/update-000000",
          "checkpoints/update-000020",
          "checkpoints/update-000040",
          "summary.json",
          "learning-curve.svg",
          "report.html");

  private static final int MOST_SECONDS = 120;

  /** Alone on the machine; the other tests run beside it in the ordinary build. */
  private static final double MOST_TO_STOP = Tally.full() ? 2 : 4;

  @TempDir Path directory;
  private Path experiment;
  private SameRun whole;

  @BeforeEach
  void aRunThatNothingHappensTo() throws Exception {
    experiment = TinyRuns.experiment(directory, TinyRuns.Kind.GRPO);
    Path runs = directory.resolve("whole");
    assertTrue(begin(runs).waitFor(MOST_SECONDS, TimeUnit.SECONDS));
    whole = SameRun.of(TinyRuns.run(runs).orElseThrow());
  }

  @Test
  void killedAtAnyTime() throws Exception {
    Tally tally = Tally.of("real process killed by SIGKILL, one to four times");
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Future<?>> episodes = new ArrayList<>();
    for (int i = 0; i < Tally.count(AIMS.size() * 10); i++) {
      int number = i;
      episodes.add(two.submit((Callable<Void>) () -> episode(tally, number)));
    }
    for (Future<?> one : episodes) {
      one.get();
    }
    two.shutdown();
    tally.conclude();
  }

  private Void episode(Tally tally, int number) throws Exception {
    SplittableRandom random = new SplittableRandom(number);
    Path runs = directory.resolve("killed-" + number);
    int kills = Tally.full() ? 1 + random.nextInt(4) : 1;
    StringBuilder story = new StringBuilder();
    for (int i = 0; i < kills; i++) {
      boolean aimed = i > 0 || number / AIMS.size() % 2 == 0;
      String aim = i == 0 ? AIMS.get(number % AIMS.size()) : AIMS.get(random.nextInt(AIMS.size()));
      Process process = begin(runs);
      story.append(aimed ? aim : "some time after the start");
      awaitFile(process, runs, aimed ? aim : "ledger.jsonl");
      TimeUnit.MILLISECONDS.sleep(aimed ? random.nextInt(3) : random.nextInt(1500));
      process.destroyForcibly().waitFor();
      story.append(", exit ").append(process.exitValue()).append("; ");
    }
    tally.add(story.toString(), finish(runs, true));
    return null;
  }

  @Test
  void stoppedBySignals() throws Exception {
    Tally tally = Tally.of("real process stopped by SIGINT, SIGTERM, SIGHUP");
    List<String> names = List.of("INT", "TERM", "HUP");
    List<Integer> numbers = List.of(2, 15, 1);
    for (int i = 0; i < (Tally.full() ? 24 : names.size()); i++) {
      int number = numbers.get(i % names.size());
      assumeTrue(isNotIgnored(number), "this process was told to ignore SIG" + names.get(i % 3));
      String aim = AIMS.get((i + 1) % 5);
      Path runs = directory.resolve("stopped-" + i);
      Process process = begin(runs);
      awaitFile(process, runs, aim);
      long start = System.nanoTime();
      new ProcessBuilder("kill", "-" + names.get(i % names.size()), "" + process.pid())
          .start()
          .waitFor();
      assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS));
      double seconds = (System.nanoTime() - start) / 1e9;
      int exit = process.exitValue();
      String slow = seconds > MOST_TO_STOP ? "ended after " + seconds + " s " : "";
      String wrong = exit == 128 + number || exit == 0 ? "" : "exit " + exit + " ";
      tally.add(
          "SIG" + names.get(i % names.size()) + " at " + aim, slow + wrong + finish(runs, false));
    }
    tally.conclude();
  }

  private String finish(Path runs, boolean sameCheckpoints) throws IOException {
    Optional<Path> run = TinyRuns.run(runs);
    if (run.isEmpty()) {
      return "";
    }
    String damage = Episode.check(run.get());
    Cli last = TinyRuns.resume(FileSystems.getDefault(), run.get());
    if (!damage.isEmpty() || last.exitCode() != 0) {
      return damage + "resume: exit " + last.exitCode() + ": " + last.err();
    }
    String difference =
        sameCheckpoints
            ? whole.difference(SameRun.of(run.get()))
            : whole.withoutCheckpoints().difference(SameRun.of(run.get()).withoutCheckpoints());
    return difference + Episode.check(run.get());
  }

  /** Begins or resumes in a process of its own. */
  private Process begin(Path runs) throws IOException {
    List<String> words = new ArrayList<>(JavaCommand.ofThisProcess("org.grpo4j.cli.Main").words());
    words.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    Optional<Path> run = TinyRuns.run(runs);
    if (run.isPresent()) {
      words.addAll(List.of("train", "--resume", run.get().toString(), "--quiet"));
    } else {
      words.addAll(List.of("train", experiment.toString(), "--out", runs.toString(), "--quiet"));
      LONGER.forEach(setting -> words.addAll(List.of("--set", setting)));
    }
    Path log = Files.createDirectories(directory).resolve(runs.getFileName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
  }

  private static void awaitFile(Process process, Path runs, String name) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      Optional<Path> run = TinyRuns.run(runs);
      if (run.isPresent() && Files.exists(run.get().resolve(name))) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertTrue(System.nanoTime() < end, "it does not get as far as " + name);
  }

  /** A process that was started in the background may have been told so, and tells its children. */
  private static boolean isNotIgnored(int signal) throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    long mask = Long.parseUnsignedLong(ignored.replaceAll("\\D*:\\s*", ""), 16);
    return (mask >> (signal - 1) & 1) == 0;
  }
}
