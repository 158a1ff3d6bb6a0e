package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
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
  private static final String DRAFT = ".draft";

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
      Path draft = createUnique(runs, "." + name, DRAFT);
      RunDirectory run = RunDirectory.at(draft);
      try (Ledger ledger = Ledger.open(run)) {
        Files.createDirectory(run.checkpoints());
        ledger.writeAndKeep(run.config(), ConfigWriter.write(config));
        ledger.write(run.manifest(), Json.pretty(manifest));
        filling.fill(run, ledger);
        ledger.sync();
        return RunDirectory.at(moveUnique(draft, runs, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a run directory in " + runs, e);
    }
  }

  /** Drafts of killed programs: nobody holds the lock of their ledger. */
  private static void removeDrafts(Path runs) throws IOException {
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(runs, ".*" + DRAFT + "*")) {
      for (Path draft : drafts) {
        removeIfDead(draft);
      }
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

  private static Path createUnique(Path runs, String name, String suffix) throws IOException {
    for (int i = 1; i < MOST_RUNS_A_SECOND; i++) {
      try {
        return Files.createDirectory(runs.resolve(name + suffix + (i == 1 ? "" : "-" + i)));
      } catch (FileAlreadyExistsException taken) {
        // the next number, then
      }
    }
    throw new IOException("too many runs called " + name);
  }

  /** A second run of the same second is called {@code …Z-2}. */
  private static Path moveUnique(Path draft, Path runs, String name) throws IOException {
    for (int i = 1; i < MOST_RUNS_A_SECOND; i++) {
      Path path = runs.resolve(i == 1 ? name : name + "-" + i);
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        try {
          AtomicFiles.move(draft, path);
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
