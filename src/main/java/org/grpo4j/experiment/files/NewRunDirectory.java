package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigWriter;

/**
 * The beginning of a run on disk: its directory is filled under another name and then renamed, so
 * that whoever finds a run finds one that can be resumed.
 */
public final class NewRunDirectory {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MOST_RUNS_A_SECOND = 1000;

  /** A younger draft may be that of a program that has not locked its ledger yet. */
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private NewRunDirectory() {}

  /** Adds to a new run directory before it is there under its name. */
  public interface Filling {
    /** Writes through {@code ledger}. */
    void fill(RunDirectory draft, Ledger ledger) throws IOException;
  }

  /**
   * Makes a new run directory in {@code runs} with {@code config.yaml} and {@code manifest.json}:
   * whole, or not at all.
   *
   * @param filling writes what else it begins with
   */
  public static RunDirectory create(
      Path runs, ExperimentConfig config, ObjectNode manifest, Instant start, Filling filling) {
    String name = config.name() + "__" + config.seed() + "__" + TIME.format(start);
    try {
      Files.createDirectories(runs);
      removeDrafts(runs);
      Path draft = draft(runs, name);
      RunDirectory run = RunDirectory.at(draft);
      try (Ledger ledger = Ledger.open(run)) {
        Files.createDirectory(run.checkpoints());
        ledger.writeAndKeep(run.config(), ConfigWriter.write(config));
        ledger.write(run.manifest(), Json.pretty(manifest));
        filling.fill(run, ledger);
        ledger.sync();
        return RunDirectory.at(place(draft, runs, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a run directory in " + runs, e);
    }
  }

  /** An empty directory for a run that is to be called {@code name}. */
  static Path draft(Path runs, String name) throws IOException {
    return unique(runs, "." + name + ".draft", Files::createDirectory);
  }

  /** Moves a draft to its name, or one like it that is free; returns where it is. */
  static Path place(Path draft, Path runs, String name) throws IOException {
    return unique(runs, name, path -> AtomicFiles.move(draft, path));
  }

  /** Drafts of killed programs: nobody holds the lock of their ledger. */
  private static void removeDrafts(Path runs) throws IOException {
    for (Path draft : AtomicFiles.list(runs.toRealPath(), "[.].*[.]draft.*")) {
      removeIfDead(draft);
    }
  }

  private static void removeIfDead(Path draft) {
    try {
      Instant touched = Files.getLastModifiedTime(draft).toInstant();
      if (touched.isBefore(Instant.now().minus(A_WHILE))) {
        try (Ledger ledger = Ledger.open(RunDirectory.at(draft))) {
          ledger.sync(); // nobody else has it
          AtomicFiles.deleteDirectory(draft);
        }
      }
    } catch (IOException e) {
      // another program has it, or has just given it its name
    }
  }

  /** Makes a directory of a name. */
  private interface Making {
    void make(Path path) throws IOException;
  }

  /** The second directory of the same name is called {@code …-2}. */
  private static Path unique(Path runs, String name, Making making) throws IOException {
    for (int i = 1; i < MOST_RUNS_A_SECOND; i++) {
      Path path = runs.resolve(i == 1 ? name : name + "-" + i);
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        try {
          making.make(path);
          return path;
        } catch (FileSystemException e) {
          if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw e;
          } // another program was faster; the next number, then
        }
      }
    }
    throw new IOException("too many runs called " + name);
  }
}
