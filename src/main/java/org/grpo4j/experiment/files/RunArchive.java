package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The finished runs of a directory, by configuration and seed. A run is finished if it has written
 * its {@code summary.json}, which comes last, and says so there; all others are left alone, and so
 * are runs whose files are not as they were written.
 *
 * <p>The same configuration and seed with another version of the program may give other numbers:
 * whoever reuses a run should show {@link
 * org.grpo4j.experiment.comparison.FinishedRun.Provenance#program}.
 */
public final class RunArchive {

  /** Files that name the configuration and the seed. */
  private static final List<String> CLAIMS = List.of("manifest.json", RunDirectory.SUMMARY);

  private final Path runs;
  private final Set<Path> complete = new HashSet<>();
  private final Map<Key, Path> finished = new LinkedHashMap<>();
  private final Map<Key, Path> interrupted = new LinkedHashMap<>();
  private final Map<String, String> newest = new LinkedHashMap<>();
  private final Map<Key, String> damaged = new LinkedHashMap<>();

  private record Key(String configHash, long seed) {}

  private RunArchive(Path runs) {
    this.runs = runs;
  }

  /** Looks through {@code runs}, which need not exist. */
  public static RunArchive of(Path runs) {
    return new RunArchive(runs).lookedThrough(path -> true);
  }

  /**
   * Looks through the runs of {@code runs} with this seed: of the others one small file is read.
   */
  public static RunArchive of(Path runs, long seed) {
    return new RunArchive(runs)
        .lookedThrough(
            path ->
                CLAIMS.stream()
                    .flatMap(file -> claimed(path.resolve(file)).stream())
                    .anyMatch(key -> key.seed() == seed));
  }

  /** The same directory later: runs that were whole are not looked at again. */
  public RunArchive again() {
    RunArchive now = new RunArchive(runs);
    now.complete.addAll(complete);
    now.finished.putAll(finished);
    now.newest.putAll(newest);
    return now.lookedThrough(path -> !complete.contains(path));
  }

  private RunArchive lookedThrough(Predicate<Path> wanted) {
    if (!Files.isDirectory(runs)) {
      return this;
    }
    try (Stream<Path> paths = Files.list(runs)) {
      paths
          .filter(path -> CLAIMS.stream().anyMatch(file -> Files.exists(path.resolve(file))))
          .filter(wanted)
          .sorted(Comparator.comparing(RunArchive::finishedAt)) // the latest wins
          .forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + runs, e);
    }
    return this;
  }

  /** The directory of the finished run with this configuration and seed. */
  public Optional<Path> find(String configHash, long seed) {
    return Optional.ofNullable(finished.get(new Key(configHash, seed)));
  }

  /** The directory of a run with this configuration and seed that was begun and can be resumed. */
  public Optional<Path> interrupted(String configHash, long seed) {
    return Optional.ofNullable(interrupted.get(new Key(configHash, seed)));
  }

  /** The hash of the configuration of the finished run of this name that ended last. */
  public Optional<String> newest(String experiment, long seed) {
    return Optional.ofNullable(newest.get(seed + " " + experiment));
  }

  /** The damage of a run with this configuration and seed that would be there otherwise. */
  public Optional<String> damage(String configHash, long seed) {
    return Optional.ofNullable(damaged.get(new Key(configHash, seed)));
  }

  private static FileTime finishedAt(Path directory) {
    try {
      return Files.getLastModifiedTime(directory.resolve(RunDirectory.SUMMARY));
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** A run that branched off another did its first updates under other settings: it is left out. */
  private void add(Path directory) {
    try {
      RunDirectory run = RunDirectory.open(directory);
      SealedFiles files = run.sealed();
      JsonNode manifest = files.json(run.manifest());
      if (!files.has(run.summary())) {
        begun(run, manifest);
        return;
      }
      files.text(run.config());
      JsonNode summary = files.json(run.summary());
      files.lines(run.metricsJsonLines());
      boolean isComplete = summary.path("status").asText("").equals("finished");
      if (!isComplete) {
        begun(run, manifest);
        return;
      }
      complete.add(directory);
      if (!manifest.has(Manifest.FORKED_FROM)) {
        key(summary)
            .ifPresent(
                key -> {
                  finished.put(key, directory);
                  String name = summary.path("experiment").asText();
                  newest.put(key.seed() + " " + name, key.configHash());
                });
      }
    } catch (IOException | IllegalArgumentException e) {
      for (String file : CLAIMS) {
        claimed(directory.resolve(file)).ifPresent(key -> damaged.put(key, firstLine(e)));
      }
    }
  }

  /** A run that another process writes, or with damaged files, is left alone. */
  private void begun(RunDirectory run, JsonNode manifest) throws IOException {
    if (!manifest.has(Manifest.FORKED_FROM)
        && !LedgerLock.isTaken(run)
        && RunCheck.damage(run).isEmpty()) {
      key(manifest).ifPresent(key -> interrupted.put(key, run.path()));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** The configuration and seed that a file of a damaged run says it has. */
  private static Optional<Key> claimed(Path file) {
    try {
      return key(Json.read(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Key> key(JsonNode summary) {
    String hash = summary.path(Manifest.CONFIG_HASH).asText("");
    return hash.isEmpty() || !summary.path("seed").isIntegralNumber()
        ? Optional.empty()
        : Optional.of(new Key(hash, summary.path("seed").asLong()));
  }
}
