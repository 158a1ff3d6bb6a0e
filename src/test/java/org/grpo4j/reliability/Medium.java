package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A disk with one fault. Operations that change it are counted from 1: writes, syncs, creations,
 * renames, deletions, truncations. What reads is not counted and does not fail.
 */
final class Medium {

  /** What becomes of the operation at which the fault is. */
  enum Fault {
    /** It fails, and the next one goes well again. */
    FAILS,
    /** As a SIGKILL before it: nothing happens any more. */
    KILLED,
    /** As KILLED; what was not synced may be lost, names in their order, data in any. */
    POWER_CUT,
    /** It and every later one finds the disk full; a write still gets some bytes in. */
    FULL,
    /** There is none. */
    NONE
  }

  /** The end of a process that was killed: no code of its own runs any more, not on the disk. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /** How many bytes are written, and what happens then. */
  record Verdict(int bytes, Throwable failure) {

    private static final Throwable NONE = new Throwable("none");

    static Verdict all(int bytes) {
      return new Verdict(bytes, NONE);
    }

    void raise() throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      } else if (failure instanceof Error e) {
        throw e;
      }
    }
  }

  private final Fault fault;
  private final int at;
  private final boolean half;
  private final List<String> operations = new ArrayList<>();
  private final List<FileChannel> open = new ArrayList<>();
  private final Unsynced unsynced = new Unsynced();
  private boolean happened;

  /**
   * @param at the operation with the fault
   * @param half whether a write at this place gets half of its bytes in
   */
  Medium(Fault fault, int at, boolean half) {
    this.fault = fault;
    this.at = at;
    this.half = half;
  }

  /** A disk without fault, to count. */
  static Medium good() {
    return new Medium(Fault.NONE, 0, false);
  }

  /** Whether the fault has been met. */
  synchronized boolean happened() {
    return happened;
  }

  /** Every operation so far, such as {@code SYNC runs/x/metrics.jsonl}. */
  synchronized List<String> operations() {
    return List.copyOf(operations);
  }

  /** The operation with the fault. */
  synchronized String where() {
    boolean there = at > 0 && at <= operations.size();
    return fault
        + (half ? " (half) at " : " at ")
        + at
        + (there ? ": " + operations.get(at - 1) : "");
  }

  /** The kernel closes what a process leaves open, and after a power cut the disk is as it is. */
  synchronized void processIsGone(long seed) throws IOException {
    for (FileChannel one : open) {
      one.close();
    }
    if (happened && fault == Fault.POWER_CUT) {
      unsynced.lose(new SplittableRandom(seed));
    }
  }

  synchronized void opened(FileChannel channel) {
    open.add(channel);
  }

  private Verdict verdict(String operation, Path file, int bytes) {
    boolean over = happened && (fault == Fault.KILLED || fault == Fault.POWER_CUT);
    if (over) {
      return new Verdict(0, new Killed());
    }
    operations.add(operation + " " + file);
    boolean here = operations.size() == at;
    boolean full = fault == Fault.FULL && operations.size() >= at && needsRoom(operation);
    if (fault == Fault.NONE || !(here || full)) {
      return Verdict.all(bytes);
    }
    happened = true;
    int first = half ? bytes / 2 : 0;
    return switch (fault) {
      case FAILS -> new Verdict(first, failure(operation, file, "Input/output error"));
      case FULL ->
          full
              ? new Verdict(first, failure(operation, file, "No space left on device"))
              : Verdict.all(bytes);
      default -> new Verdict(first, new Killed());
    };
  }

  /** As the default file system says it: for names with the file, for bytes without. */
  private static IOException failure(String operation, Path file, String reason) {
    return operation.equals("WRITE") || operation.equals("SYNC")
        ? new IOException(reason)
        : new FileSystemException(file.toString(), null, reason);
  }

  private static boolean needsRoom(String operation) {
    return operation.equals("WRITE") || operation.equals("CREATE");
  }

  synchronized Verdict write(Path file, int bytes) throws IOException {
    Verdict verdict = verdict("WRITE", file, bytes);
    if (verdict.bytes() > 0) {
      unsynced.write(file);
    }
    return verdict;
  }

  synchronized void sync(Path file) throws IOException {
    verdict("SYNC", file, 0).raise();
    unsynced.sync(file);
  }

  synchronized void create(Path path) throws IOException {
    verdict("CREATE", path, 0).raise();
    unsynced.create(path);
  }

  synchronized void rename(Path from, Path to) throws IOException {
    verdict("RENAME", to, 0).raise();
    unsynced.rename(from, to);
  }

  synchronized void delete(Path path) throws IOException {
    verdict("DELETE", path, 0).raise();
    unsynced.delete(path);
  }

  synchronized void truncate(Path file, long size) throws IOException {
    verdict("TRUNCATE", file, 0).raise();
    unsynced.truncate(file, size);
  }
}
