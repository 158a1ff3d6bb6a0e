package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A text file that grows by whole lines, each of which the ledger knows as soon as it is there. So
 * a run can be followed, and a killed run has everything up to its last line.
 */
public final class LineFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Ledger ledger;
  private final Path file;
  private final FileChannel out;

  private LineFile(Ledger ledger, Path file, FileChannel out) {
    this.ledger = ledger;
    this.file = file;
    this.out = out;
  }

  /** Opens {@code file}, made if it is not there, with its first {@code known} lines. */
  static LineFile open(Ledger ledger, Path file, int known) {
    return AtomicFiles.read("cannot write " + file, () -> opened(ledger, file, known));
  }

  private static LineFile opened(Ledger ledger, Path file, int known) throws IOException {
    boolean begins = !Files.exists(file);
    FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      long end = endOfLine(out, known);
      if (out.size() > end) {
        out.truncate(end);
      }
      out.position(end);
      if (begins) {
        AtomicFiles.syncDirectory(AtomicFiles.directoryOf(file));
      }
      return new LineFile(ledger, file, out);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  /** The position after so many lines. */
  private static long endOfLine(FileChannel in, int lines) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long position = 0;
    int seen = 0;
    while (seen < lines && in.read(buffer) >= 0) {
      buffer.flip();
      while (seen < lines && buffer.hasRemaining()) {
        seen += buffer.get() == '\n' ? 1 : 0;
        position++;
      }
      buffer.clear();
    }
    return position;
  }

  /** Ends the last line of a file that somebody has written by hand, or cut. */
  static void endLastLine(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
      Files.write(file, new byte[] {'\n'}, StandardOpenOption.APPEND);
    }
  }

  /** Adds a line. */
  public void write(String line) {
    ledger.guard("cannot write " + file, () -> AtomicFiles.writeAll(out, line + "\n"));
    ledger.line(file, line.getBytes(StandardCharsets.UTF_8));
  }

  /** Brings its lines to the disk. */
  void sync() throws IOException {
    if (out.isOpen()) {
      out.force(false);
    }
  }

  @Override
  public void close() {
    AtomicFiles.act("cannot close " + file, out::close);
  }
}
