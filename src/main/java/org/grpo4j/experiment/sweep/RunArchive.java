package org.grpo4j.experiment.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.Json;

/**
 * The finished runs of a directory, by configuration and seed. A run is finished if its {@code
 * summary.json}, which is written last, is there and says so; all others are left alone.
 *
 * <p>The same configuration and seed with another version of the program may give other numbers:
 * whoever reuses a run should show {@link
 * org.grpo4j.experiment.comparison.FinishedRun.Provenance#program}.
 */
public final class RunArchive {

  private final Map<Key, Path> finished;

  private record Key(String configHash, long seed) {}

  private RunArchive(Map<Key, Path> finished) {
    this.finished = finished;
  }

  /** Looks through {@code runs}, which need not exist. */
  public static RunArchive of(Path runs) {
    if (!Files.isDirectory(runs)) {
      return new RunArchive(Map.of());
    }
    List<Path> directories;
    try (Stream<Path> paths = Files.list(runs)) {
      directories =
          paths
              .filter(path -> Files.isRegularFile(path.resolve("summary.json")))
              .sorted(Comparator.comparing(RunArchive::finishedAt)) // the latest wins
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + runs, e);
    }
    Map<Key, Path> finished = new LinkedHashMap<>();
    for (Path directory : directories) {
      key(directory).ifPresent(key -> finished.put(key, directory));
    }
    return new RunArchive(finished);
  }

  /** The directory of the finished run with this configuration and seed. */
  public Optional<Path> find(String configHash, long seed) {
    return Optional.ofNullable(finished.get(new Key(configHash, seed)));
  }

  private static FileTime finishedAt(Path directory) {
    try {
      return Files.getLastModifiedTime(directory.resolve("summary.json"));
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static String manifest(Path directory) throws IOException {
    Path manifest = directory.resolve("manifest.json");
    return Files.exists(manifest) ? Files.readString(manifest) : "{}";
  }

  /** A run that branched off another did its first updates under other settings: it is left out. */
  private static Optional<Key> key(Path directory) {
    try {
      JsonNode summary = Json.parse(Files.readString(directory.resolve("summary.json")));
      boolean complete = summary.path("status").asText("").equals("finished");
      String hash = summary.path("config_sha256").asText("");
      boolean fork = Json.parse(manifest(directory)).has("forked_from");
      return complete && !fork && !hash.isEmpty() && summary.path("seed").isIntegralNumber()
          ? Optional.of(new Key(hash, summary.path("seed").asLong()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not a summary: not a finished run
    }
  }
}
