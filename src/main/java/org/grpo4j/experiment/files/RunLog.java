package org.grpo4j.experiment.files;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * {@code log.txt}: what happened when, one line each. While it is open it is locked, so that no two
 * processes write into one run directory.
 */
public final class RunLog implements AutoCloseable {

  /** Locks bind bytes; this one is not needed otherwise. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final BufferedWriter writer;

  /**
   * Opens the log to add to it.
   *
   * @throws IllegalStateException if the run is being written already
   */
  public RunLog(RunDirectory run) {
    try {
      FileChannel channel = FileChannel.open(run.log(), CREATE, APPEND);
      if (!locked(channel)) {
        channel.close();
        throw new IllegalStateException(run + ": is being written by another process");
      }
      writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the lock, until the channel is closed. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process has it
    }
  }

  /** Adds a line with the time of day. */
  public void line(String text) {
    try {
      writer.write(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
