package org.grpo4j.report.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.files.RunDirectory;

/** The lines of a file that grows, each handed out once, when it is whole. */
final class LineTail {

  private static final int BUFFER = 1 << 16;

  /**
   * Lines are handed out in parts of about this size, so that a long trace need not fit in memory.
   */
  private static final int MOST_AT_ONCE = 1 << 20;

  private final RunDirectory run;
  private final Path file;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int skip;
  private long position;

  /**
   * @param skip lines at the beginning that are known already
   */
  LineTail(RunDirectory run, Path file, int skip) {
    this.run = run;
    this.file = file;
    this.skip = skip;
  }

  /** The lines that were finished since the last call, or the first of them if they are many. */
  List<String> next() throws IOException {
    List<String> lines = new ArrayList<>();
    if (!run.has(file)) {
      return lines;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.size() < position) { // a run that is resumed drops what came after its checkpoint
        position = channel.size();
        begun.reset();
      }
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      channel.position(position);
      long end = position + MOST_AT_ONCE;
      while ((lines.isEmpty() || channel.position() < end) && channel.read(buffer) > 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          accept(buffer.get(), lines);
        }
        buffer.clear();
      }
      position = channel.position();
    }
    return lines;
  }

  private void accept(byte one, List<String> lines) {
    if (one != '\n') {
      begun.write(one);
      return;
    }
    if (skip > 0) {
      skip--;
    } else {
      lines.add(begun.toString(StandardCharsets.UTF_8));
    }
    begun.reset();
  }
}
