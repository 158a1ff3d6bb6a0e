package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** The lock on a ledger: no two processes write into one run. */
public final class LedgerLock {

  /** Locks bind bytes; this one is not needed otherwise. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private LedgerLock() {}

  /** Throws if another process writes the run. */
  public static void requireFree(RunDirectory run) throws IOException {
    try (FileChannel out = FileChannel.open(run.ledger(), StandardOpenOption.WRITE)) {
      take(run, out);
    }
  }

  /** Whether another process writes the run, or nobody may. */
  static boolean isTaken(RunDirectory run) {
    try {
      requireFree(run);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Takes it until {@code ledger} is closed; throws if another process has it. */
  static void take(RunDirectory run, FileChannel ledger) throws IOException {
    boolean locked;
    try {
      locked = ledger.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      locked = false; // this process has it
    }
    if (!locked) {
      throw new IOException(
          run + ": is being written by another process\n  Wait for its end, or stop it.");
    }
  }
}
