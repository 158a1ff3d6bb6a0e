package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  private final RunDirectory run;
  private final FileChannel out;
  private final LedgerContents contents;
  private final List<LineFile> growing = new ArrayList<>();

  /** The first error of the run's files, after which nothing is written. */
  private @Nullable UncheckedIOException failure;

  private boolean interrupted;

  private Ledger(RunDirectory run, FileChannel out, LedgerContents contents) {
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
      out.truncate(contents.bytes()); // without an unfinished line
      out.position(contents.bytes());
      Ledger ledger = new Ledger(run, out, contents);
      ledger.settle();
      return ledger;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
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
    Path file = run.path().resolve(name);
    if (contents.mayBeTakenBack(name)) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        LineFile.open(this, file, contents.lineCount(name)).close();
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

  /**
   * Enters that {@code file} is {@code text} from now on, and does what makes it so.
   *
   * @param kept the text, if it is to be kept
   */
  synchronized void replace(
      Path file, String text, Optional<String> kept, AtomicFiles.Action action) {
    LineHashes hashes = LineHashes.of(text);
    ObjectNode entry = entry(file);
    new Seal(false, hashes.lines(), hashes.sha256(), Optional.empty(), kept).describe(entry);
    append(entry);
    carryOut(file, action);
  }

  /** Enters that {@code file} is no part of the run any more, and does what makes it so. */
  synchronized void remove(Path file, AtomicFiles.Action action) {
    if (contents.seal(run.name(file)).isPresent()) {
      append(entry(file).put(LedgerContents.REMOVED, true));
    } // otherwise the run has not written it, or it was set aside already
    carryOut(file, action);
  }

  /** The entry is on the disk before what it says is done, and all lines that others speak of. */
  private void carryOut(Path file, AtomicFiles.Action action) {
    guard(
        "cannot write " + file, // a further entry would say that this was done
        () -> {
          sync();
          action.run();
        });
  }

  /**
   * Writes, unless something has failed before: half a line is never followed by another, and
   * whoever tries is told the first error.
   *
   * @param what the sentence for an error of it
   */
  synchronized void guard(String what, AtomicFiles.Action action) {
    if (failure == null && interrupted) {
      throw new IllegalStateException(what + ": what came before was not finished");
    }
    if (failure == null) {
      interrupted = true;
      try {
        action.run();
        interrupted = false;
        return;
      } catch (IOException e) {
        failure = new UncheckedIOException(what, e);
      } catch (UncheckedIOException e) {
        failure = e;
      }
    }
    throw new UncheckedIOException(String.valueOf(failure.getMessage()), failure.getCause());
  }

  /** Opens a file that grows by lines; what it has beyond the known ones is cut off. */
  public synchronized LineFile lines(Path file) {
    LineFile lines = LineFile.open(this, file, contents.lineCount(run.name(file)));
    growing.add(lines);
    return lines;
  }

  /** Enters one more line, which is in {@code file} already. */
  synchronized void line(Path file, byte[] line) {
    ObjectNode entry = entry(file);
    entry.put(LedgerContents.LINE, 1 + contents.lineCount(run.name(file)));
    append(entry.put(LedgerContents.SHA256, LineHashes.of(line)));
  }

  /** Enters that {@code file} has only {@code count} lines from now on, if it has more. */
  private void takeBack(Path file, int count) {
    if (contents.lineCount(run.name(file)) > count) {
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
    return Json.object().put(LedgerContents.FILE, run.name(file));
  }

  private void append(ObjectNode entry) {
    String line = contents.link(Json.line(entry));
    guard("cannot write the ledger of " + run, () -> AtomicFiles.writeAll(out, line + "\n"));
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
   * lines that it had then. The log, which tells what happened, keeps its later ones. What killed
   * writers have left is removed.
   *
   * @param then the number of lines of each file; 0 of those that are not there
   * @param lost the files that have lost lines since; the log goes back, too, if it is one
   * @return rows of the metrics that were taken back
   */
  public int goBack(Map<String, Integer> then, List<String> lost) throws IOException {
    remove(run.summary(), () -> Files.deleteIfExists(run.summary()));
    AtomicFiles.removeDrafts(run.path(), run.trace(), run.checkpoints());
    int rows = contents.lineCount(RunDirectory.METRICS);
    for (String file : contents.lineCounts().keySet()) {
      if (!file.equals(RunDirectory.LOG) || lost.contains(file)) {
        takeBack(run.path().resolve(file), then.getOrDefault(file, 0));
      }
    }
    return Math.max(0, rows - then.getOrDefault(RunDirectory.METRICS, 0));
  }

  /** The number of lines of each file that grows. */
  synchronized Map<String, Integer> lineCounts() {
    return contents.lineCounts();
  }

  @Override
  public void close() {
    AtomicFiles.act("cannot close the ledger of " + run, out::close);
  }
}
