package org.grpo4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A damaged file is named or does not matter: no command gives another result without a word.
 *
 * <p>Every command reads every damaged run. Its result must be the one of the undamaged run, or it
 * ends with 2 or 4 and the file's name, or says the name in a warning.
 */
class DamagedFilesTest {

  private static final long MOST_NANOS = 20_000_000_000L;

  private static final int COMPARED = Tally.full() ? 10 : 25;

  @TempDir Path directory;

  @Test
  void ofAFinishedRun() throws IOException {
    Path run = whole(1, "finished");
    damage(
        Tally.of("damaged file of a finished run x command"),
        run,
        List.of(whole(2, "other"), unfinished()),
        11);
  }

  @Test
  void ofAnUnfinishedRun() throws IOException {
    damage(
        Tally.of("damaged file of a killed run x command"),
        unfinished(),
        List.of(whole(2, "other"), whole(1, "finished")),
        12);
  }

  private Path whole(int seed, String name) throws IOException {
    Path experiment = TinyRuns.experiment(directory, TinyRuns.Kind.GRPO);
    return TinyRuns.whole(experiment, directory.resolve(name), "seed=" + seed);
  }

  /** Killed after its third of four updates. */
  private Path unfinished() throws IOException {
    Episode episode =
        new Episode(Files.createDirectories(directory.resolve("killed")), TinyRuns.Kind.GRPO);
    List<String> operations = episode.operations();
    int at = operations.size();
    while (!operations.get(at - 1).contains("update-000004")) {
      at--;
    }
    while (operations.get(at - 1).contains("update-000004")) {
      at--;
    }
    episode.startAgain();
    episode.goOn(new Medium(Medium.Fault.KILLED, at, false));
    return TinyRuns.run(directory.resolve("killed/runs")).orElseThrow();
  }

  private void damage(Tally tally, Path run, List<Path> others, long seed) throws IOException {
    Path runs = directory.resolve("damaged");
    Map<RunReader, RunReader.Outcome> good = new EnumMap<>(RunReader.class);
    for (RunReader reader : RunReader.values()) { // the last two finish what is unfinished
      good.put(reader, reader.read(Damage.copy(run, runs)));
      String again = reader.read(Damage.copy(run, runs)).result();
      assertEquals(good.get(reader).result(), again, reader + ": the control: twice the same");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Path> files;
    try (Stream<Path> paths = Files.walk(run)) {
      files =
          paths
              .filter(Files::isRegularFile)
              .map(run::relativize)
              .filter(path -> !path.toString().contains(".part"))
              .sorted()
              .toList();
    }
    int tried = 0;
    int most = Tally.full() ? 1500 : 150;
    for (int i = 0; tried < most; i++) {
      Path name = files.get(i % files.size());
      Damage damage = Damage.values()[(i / files.size() + i) % Damage.values().length];
      Path copy = Damage.copy(run, runs);
      byte[] before = Files.readAllBytes(copy.resolve(name));
      if (damage.apply(copy, name, others, random) && !isOfAKilledWriter(copy, name, before)) {
        tried++;
        for (RunReader reader : readers(run, tried)) {
          String problem = problem(reader, copy, name, before, good.get(reader));
          tally.add(damage + " " + name + ": " + reader, problem);
        }
      }
    }
    tally.conclude();
  }

  /**
   * Without its last entry a ledger is that of a run that was killed a moment earlier; and, since
   * the trace has a thread of its own, without the last one of the trace and the last other one.
   */
  private static boolean isOfAKilledWriter(Path run, Path name, byte[] before) throws IOException {
    if (!name.endsWith("ledger.jsonl") || !Files.isRegularFile(run.resolve(name))) {
      return false;
    }
    String was = new String(before, StandardCharsets.ISO_8859_1);
    String is = Files.readString(run.resolve(name), StandardCharsets.ISO_8859_1);
    if (!was.startsWith(is)) {
      return false;
    }
    List<String> lost = was.substring(is.lastIndexOf('\n') + 1).lines().toList();
    long traced = lost.stream().filter(entry -> entry.contains("trace/updates.jsonl")).count();
    return traced <= 1 && lost.size() - traced <= 1;
  }

  /** Now and then {@code compare} too, which makes a damaged run again and takes seconds. */
  private List<RunReader> readers(Path run, int tried) {
    boolean all = run.startsWith(directory.resolve("finished")) && tried % COMPARED == 0;
    return Stream.of(RunReader.values()).filter(one -> all || one != RunReader.COMPARE).toList();
  }

  private static String problem(
      RunReader reader, Path run, Path name, byte[] before, RunReader.Outcome good)
      throws IOException {
    long start = System.nanoTime();
    RunReader.Outcome now = reader.read(run);
    if (System.nanoTime() - start > MOST_NANOS) {
      return "took too long";
    }
    boolean again = reader == RunReader.COMPARE && now.cli().out().contains("1 made now");
    if (again && !now.names(name, good)) {
      return "made again without a word";
    }
    if (now.result().equals(good.result())) {
      return "";
    }
    if (reader == RunReader.CHECK) {
      return CheckedRows.problem(now.cli(), name, before, run.resolve(name));
    }
    String problem = Answers.problem(now.cli(), List.of(0, 2, 4));
    if (problem.isEmpty() && !now.names(name, good)) {
      String silent =
          now.cli().exitCode() == 0 ? "silent and different: " : "does not name the file: ";
      return silent + "exit " + now.cli().exitCode() + ": " + now.cli().err() + now.cli().out();
    }
    return problem;
  }
}
