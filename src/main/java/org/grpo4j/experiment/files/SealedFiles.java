package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reader of a run's files, which believes none that the ledger does not vouch for. All commands
 * read through it, so that damage and edits are named and never taken for results.
 *
 * <p>What a file that grows holds beyond the lines that the ledger knows is left out: a killed
 * writer left it, or a living one is about to enter it.
 */
public final class SealedFiles {

  /** A living writer may change a file while it is read; then it is read again. */
  private static final int ATTEMPTS = 5;

  /** A killed writer leaves a line that it has not entered. */
  private static final int MOST_FURTHER_LINES = 1;

  private final RunDirectory run;
  private LedgerContents ledger;

  private SealedFiles(RunDirectory run, LedgerContents ledger) {
    this.run = run;
    this.ledger = ledger;
  }

  /**
   * The files of {@code run}.
   *
   * @throws DamagedFileException if the ledger is missing or damaged
   */
  public static SealedFiles of(RunDirectory run) throws IOException {
    SealedFiles files = new SealedFiles(run, read(run));
    boolean there = Files.exists(run.summary(), LinkOption.NOFOLLOW_LINKS);
    boolean cut = there && !files.has(run.summary()); // it is entered before it is written
    if (cut || files.ledger.size() == 0) {
      int end = files.ledger.size() + 1;
      throw new DamagedFileException(
          run.ledger(),
          new FileCheck(RunDirectory.LEDGER, FileCheck.State.CUT, end, Optional.empty()),
          LedgerContents.NOTHING_VOUCHES);
    }
    return files;
  }

  private static LedgerContents read(RunDirectory run) throws IOException {
    if (!Files.isRegularFile(run.ledger(), LinkOption.NOFOLLOW_LINKS)) {
      throw new DamagedFileException(
          run.ledger(),
          new FileCheck(
              RunDirectory.LEDGER,
              Files.exists(run.ledger(), LinkOption.NOFOLLOW_LINKS)
                  ? FileCheck.State.CHANGED
                  : FileCheck.State.MISSING,
              0,
              Optional.empty()),
          LedgerContents.NOTHING_VOUCHES);
    }
    return LedgerContents.read(run.ledger());
  }

  /** Whether the run has written {@code file}, be it damaged or missing now. */
  public boolean has(Path file) {
    String name = run.name(file);
    boolean known = ledger.seal(name).isPresent();
    boolean pending = ledger.mayBePending(name) && ledger.beforeLast().isPresent() != known;
    return pending ? Files.exists(file, LinkOption.NOFOLLOW_LINKS) : known;
  }

  /**
   * The text of a file that does not grow.
   *
   * @throws DamagedFileException if it is missing or not as it was written
   */
  public String text(Path file) throws IOException {
    byte[][] content = new byte[1][];
    good(
        file,
        () -> {
          try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            content[0] = in.readAllBytes();
          }
          return LineHashes.of(new ByteArrayInputStream(content[0]), line -> {});
        });
    return new String(content[0], StandardCharsets.UTF_8);
  }

  /**
   * The lines of a file that grows, as many as the ledger knows; none if it is not there yet.
   *
   * @throws DamagedFileException if it is missing or not as it was written
   */
  public List<String> lines(Path file) throws IOException {
    if (!has(file)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    good(
        file,
        () -> {
          lines.clear();
          try (InputStream in =
              new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
            return LineHashes.of(in, line -> lines.add(new String(line, StandardCharsets.UTF_8)));
          }
        });
    int known = ledger.seal(run.name(file)).map(seal -> seal.lines().size()).orElse(0);
    return List.copyOf(lines.subList(0, Math.min(known, lines.size())));
  }

  /**
   * The JSON object of a file that does not grow.
   *
   * @throws DamagedFileException if it is missing or not as it was written
   */
  public ObjectNode json(Path file) throws IOException {
    return Json.object(file, text(file));
  }

  /** The files that somebody has edited on purpose, each with the time of acceptance. */
  public List<String> accepted() {
    return ledger.files().stream()
        .flatMap(
            name ->
                ledger.seal(name).flatMap(Seal::acceptedAt).stream()
                    .map(time -> name + " (" + time + ")"))
        .toList();
  }

  /** The text that a file had when the run wrote it, of those of which it is kept. */
  Optional<String> original(Path file) {
    return ledger.seal(run.name(file)).flatMap(Seal::text);
  }

  /** The directories of the checkpoints that the run has written, good or not. */
  List<Path> checkpoints() {
    return ledger.files().stream()
        .map(file -> run.path().resolve(file))
        .filter(file -> file.endsWith(SavedPolicy.STATE))
        .filter(this::has)
        .map(Path::getParent)
        .toList();
  }

  /** The ledger's contents. */
  LedgerContents ledger() {
    return ledger;
  }

  /** Reads a file's lines. */
  private interface Reading {
    LineHashes read() throws IOException;
  }

  private void good(Path file, Reading reading) throws IOException {
    FileCheck check = check(file, reading);
    if (check.state() != FileCheck.State.WHOLE) {
      throw damage(check);
    }
  }

  /** The exception for a file that is not good. */
  public DamagedFileException damage(FileCheck check) {
    return new DamagedFileException(run.path().resolve(check.file()), check, remedy(check));
  }

  private String remedy(FileCheck check) {
    return "Put it back as it was, or accept it as it is: ./grpo4j check "
        + run.path()
        + " --accept "
        + check.file();
  }

  /** Compares {@code file} with what the ledger says. */
  FileCheck check(Path file) throws IOException {
    return check(file, () -> LineHashes.of(file));
  }

  private FileCheck check(Path file, Reading reading) throws IOException {
    for (int attempt = 1; ; attempt++) {
      FileCheck check = compare(file, reading);
      int known = ledger.size();
      if (check.state() == FileCheck.State.WHOLE || attempt == ATTEMPTS) {
        return check;
      }
      ledger = read(run);
      if (ledger.size() == known) {
        return check;
      }
    }
  }

  private FileCheck compare(Path file, Reading reading) throws IOException {
    String name = run.name(file);
    Optional<Seal> seal = ledger.seal(name);
    Optional<Seal> before = ledger.mayBePending(name) ? ledger.beforeLast() : Optional.empty();
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new FileCheck(name, FileCheck.State.MISSING, 0, Optional.empty());
    }
    if (seal.isEmpty() && before.isEmpty()) {
      return new FileCheck(name, FileCheck.State.FOREIGN, 0, Optional.empty());
    }
    if (!run.isPlainFile(file)) {
      return new FileCheck(name, FileCheck.State.LINK, 0, Optional.empty());
    }
    LineHashes found = reading.read();
    Optional<FileCheck> old =
        before
            .map(one -> one.compare(name, found, mostFurtherLines(name)))
            .filter(check -> check.state() == FileCheck.State.WHOLE);
    FileCheck now = seal.map(one -> one.compare(name, found, mostFurtherLines(name))).orElse(null);
    return now == null || (now.state() != FileCheck.State.WHOLE && old.isPresent())
        ? old.orElse(new FileCheck(name, FileCheck.State.CHANGED, 0, Optional.empty()))
        : now;
  }

  /** Beyond the known lines a finished run has nothing; the log may have a line too many. */
  private int mostFurtherLines(String name) {
    if (ledger.mayBeTakenBack(name)) {
      return Integer.MAX_VALUE;
    }
    boolean finished =
        ledger.seal(RunDirectory.SUMMARY).isPresent() && !ledger.mayBePending(RunDirectory.SUMMARY);
    return finished && !name.equals(RunDirectory.LOG) ? 0 : MOST_FURTHER_LINES;
  }
}
