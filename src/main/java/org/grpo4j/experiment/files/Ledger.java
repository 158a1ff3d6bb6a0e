package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The writer of {@code ledger.jsonl}, which vouches for every other file of a run. Each entry says
 * what a file is, or that it has one more line, and is linked by a hash to all entries before it.
 *
 * <p><b>A run is good at every instant.</b> A line is written first and entered then: what the
 * ledger does not know is no part of the run. Everything else is entered first and done then: only
 * the last entry can be one that was not carried out. After an error nothing is entered any more,
 * so that this stays true.
 *
 * <p>While it is open it is locked: no two processes write into one run.
 */
public final class Ledger implements AutoCloseable {

  private final Path run;
  private final FileChannel out;
  private final LedgerContents contents;
  private final List<LineFile> growing = new ArrayList<>();
  private final FirstFailure failure = new FirstFailure();

  private Ledger(Path run, FileChannel out, LedgerContents contents) {
    this.run = run;
    this.out = out;
    this.contents = contents;
  }

  /**
   * Opens the ledger of a run to add to it; one that is not there is begun.
   *
   * @throws IOException if it is damaged, cannot be written, or another process has it
   */
  public static Ledger open(RunDirectory run) throws IOException {
    FileChannel out =
        FileChannel.open(run.ledger(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      LedgerLock.take(run, out);
      LedgerContents contents = LedgerContents.read(run.ledger());
      Ledger ledger = new Ledger(run.path(), out, contents);
      ledger.dropUnfinishedLine(run.ledger());
      ledger.settle();
      return ledger;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private void dropUnfinishedLine(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    out.truncate(text.lastIndexOf('\n') + 1L);
    out.position(out.size());
  }

  /**
   * Makes the last entry true, which a killed writer may not have carried out: once others follow,
   * nobody can know any more. Lines are cut off; of other files the earlier entry comes again.
   */
  private void settle() throws IOException {
    Optional<String> pending = contents.pending();
    if (pending.isEmpty()) {
      return;
    }
    String name = pending.get();
    Path file = run.resolve(name);
    if (contents.mayBeTakenBack(name)) {
      int lines = contents.seal(name).orElseThrow().lines().size();
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        LineFile.open(this, file, lines).close();
      }
    } else if (contents.isUndone(file)) {
      ObjectNode entry = entry(file);
      contents
          .beforeLast()
          .ifPresentOrElse(
              seal -> seal.describe(entry), () -> entry.put(LedgerContents.REMOVED, true));
      append(entry);
    }
  }

  /** Replaces {@code file} by {@code text}. */
  public void write(Path file, String text) {
    replace(file, text, Optional.empty(), () -> AtomicFiles.write(file, text));
  }

  /** The same for a file whose text is kept, to say later what was changed. */
  public void writeAndKeep(Path file, String text) {
    replace(file, text, Optional.of(text), () -> AtomicFiles.write(file, text));
  }

  /** Something that is done after it was entered. */
  interface Action {
    void run() throws IOException;
  }

  /**
   * Enters that {@code file} is {@code text} from now on, and does what makes it so.
   *
   * @param kept the text, if it is to be kept
   */
  synchronized void replace(Path file, String text, Optional<String> kept, Action action) {
    LineHashes hashes = LineHashes.of(text);
    ObjectNode entry = entry(file);
    new Seal(false, hashes.lines(), hashes.sha256(), Optional.empty(), kept).describe(entry);
    append(entry);
    carryOut(file, action);
  }

  /** Enters that {@code file} is no part of the run any more, and does what makes it so. */
  synchronized void remove(Path file, Action action) {
    if (contents.seal(name(file)).isPresent()) {
      append(entry(file).put(LedgerContents.REMOVED, true));
    } // otherwise a killed writer has entered it, and not done it
    carryOut(file, action);
  }

  /** The entry is on the disk before what it says is done, and all lines that others speak of. */
  private void carryOut(Path file, Action action) {
    failure.guard(
        "cannot write " + file, // a further entry would say that this was done
        () -> {
          sync();
          action.run();
        });
  }

  /** The first error of the run's files, after which nothing is written. */
  FirstFailure failure() {
    return failure;
  }

  /** Opens a file that grows by lines; what it has beyond the known ones is cut off. */
  public synchronized LineFile lines(Path file) {
    int known = contents.seal(name(file)).map(seal -> seal.lines().size()).orElse(0);
    LineFile lines = LineFile.open(this, file, known);
    growing.add(lines);
    return lines;
  }

  /** Enters one more line, which is in {@code file} already. */
  synchronized void line(Path file, byte[] line) {
    int number = 1 + contents.seal(name(file)).map(seal -> seal.lines().size()).orElse(0);
    append(
        entry(file)
            .put(LedgerContents.LINE, number)
            .put(LedgerContents.SHA256, LineHashes.of(line)));
  }

  /** Enters that {@code file} has only {@code count} lines from now on, if it has more. */
  private void takeBack(Path file, int count) {
    if (contents.seal(name(file)).map(seal -> seal.lines().size()).orElse(0) > count) {
      append(entry(file).put(LedgerContents.TAKEN_BACK_TO, count));
      carryOut(file, () -> LineFile.open(this, file, count).close());
    }
  }

  /** Enters that {@code file} is accepted as it is: what it holds, or that it is gone. */
  synchronized void accept(Path file, Optional<LineHashes> found, boolean grows) {
    ObjectNode entry = entry(file);
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    if (found.isEmpty()) {
      entry.put(LedgerContents.REMOVED, true).put(LedgerContents.ACCEPTED, time);
    } else {
      List<String> lines = found.get().lines();
      String sha256 = grows ? "" : found.get().sha256();
      new Seal(grows, lines, sha256, Optional.of(time), Optional.empty()).describe(entry);
    }
    append(entry);
  }

  private ObjectNode entry(Path file) {
    return Json.object().put(LedgerContents.FILE, name(file));
  }

  private void append(ObjectNode entry) {
    String line = contents.link(Json.line(entry));
    failure.guard(
        "cannot write the ledger of " + run, () -> AtomicFiles.writeAll(out, line + "\n"));
    contents.accept(line);
  }

  /** Brings everything that was written to the disk. */
  synchronized void sync() throws IOException {
    for (LineFile file : growing) {
      file.sync();
    }
    out.force(false);
  }

  /**
   * Goes back to an instant: the run is not finished any more, and every file that grows has the
   * lines that it had then, but the log, which tells what happened. What killed writers have left
   * is removed.
   *
   * @return rows of the metrics that were taken back
   */
  public int goBack(RunDirectory directory, LineCounts then) throws IOException {
    remove(directory.summary(), () -> Files.deleteIfExists(directory.summary()));
    for (Path place : List.of(directory.path(), directory.trace(), directory.checkpoints())) {
      AtomicFiles.removeDrafts(place);
    }
    LineCounts now = contents.lineCounts();
    for (String file : now.counts().keySet()) {
      if (!file.equals(RunDirectory.LOG)) {
        takeBack(run.resolve(file), then.of(file));
      }
    }
    return Math.max(0, now.of(RunDirectory.METRICS) - then.of(RunDirectory.METRICS));
  }

  /** The number of lines of each file that grows. */
  synchronized LineCounts lineCounts() {
    return contents.lineCounts();
  }

  /** The path within the run directory, with slashes. */
  private String name(Path file) {
    return run.relativize(file).toString().replace('\\', '/');
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the ledger of " + run, e);
    }
  }
}
