package org.grpo4j.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.performance.Programs.Program;

/** {@code start}: what somebody waits for, from the shell's point of view, on all cores. */
final class StartPart implements Part {

  static final String OURS = "grpo4j";
  static final String SECONDS = "seconds";
  static final String HELP = "--help";
  static final String FIRST_UPDATE = "train, cold start cached, to the end of the first update";
  static final String TRAIN = "train, to its table";
  static final String AGAIN = "train again, cold start cached, to its table";
  static final String BUILD = "first build in a fresh copy, to the table of --help";
  static final String MEMORY = "peak_memory_bytes";

  private static final String CACHE = ".cold-start";
  private static final int LONG_ROUNDS = 3;

  @Override
  public void measure(Session session) throws IOException, InterruptedException {
    Path runs = Files.createTempDirectory("performance-runs");
    try {
      for (int round = 1; round <= LONG_ROUNDS; round++) {
        Path own = Files.createDirectory(runs.resolve("round-" + round));
        seconds(session, TRAIN, session.grpo4j("train", "--out=" + own));
        keepMemory(session, TRAIN, own);
        seconds(session, AGAIN, session.grpo4j("train", "--out=" + own));
      }
      for (int round = 1; round <= session.rounds(); round++) {
        seconds(session, HELP, session.grpo4j("--help"));
        Path own = Files.createDirectory(runs.resolve("first-" + round));
        copy(runs.resolve("round-1").resolve(CACHE), own.resolve(CACHE));
        keep(session, FIRST_UPDATE, firstUpdate(session, own));
      }
      for (int round = 1; round <= LONG_ROUNDS; round++) {
        build(session, runs.resolve("copy-" + round));
      }
    } finally {
      AtomicFiles.deleteDirectory(runs);
    }
  }

  private static void seconds(Session session, String what, Program program)
      throws IOException, InterruptedException {
    keep(session, what, program.seconds());
  }

  private static void keep(Session session, String what, double seconds) {
    session.measurements().add(OURS, what, SECONDS, seconds);
    session.say("start, %s: %.2f s", what, seconds);
  }

  /** Seconds until the run's metrics had their only line: the file knows, and nobody watches it. */
  private static double firstUpdate(Session session, Path own)
      throws IOException, InterruptedException {
    long begun = System.currentTimeMillis();
    session.grpo4j("train", "--set=train.updates=1", "--out=" + own).start().finish();
    for (Path file : files(own)) {
      if (file.endsWith("metrics.jsonl")) {
        return (Files.getLastModifiedTime(file).toMillis() - begun) / 1e3;
      }
    }
    throw new IOException("there are no metrics in " + own);
  }

  private static void keepMemory(Session session, String what, Path own) throws IOException {
    for (Path file : files(own)) {
      if (file.endsWith("summary.json")) {
        double bytes = Json.read(file).path(MEMORY).asDouble();
        session.measurements().add(OURS, what, MEMORY, bytes);
      }
    }
  }

  /** A build where nothing has been built, with the libraries at hand. */
  private static void build(Session session, Path copy) throws IOException, InterruptedException {
    Program tracked = new Program(List.of("git", "ls-files", "-z"), Map.of());
    for (String name : tracked.start().finish().split("\0")) {
      Path to = copy.resolve(name);
      Files.createDirectories(to.getParent());
      Files.copy(session.home().resolve(name), to, StandardCopyOption.COPY_ATTRIBUTES);
    }
    seconds(session, BUILD, Programs.grpo4j(copy, "--help"));
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
