package org.grpo4j.experiment.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A text as the ledger knows it: the hash of every line and of the whole.
 *
 * @param lines first {@value #CHARACTERS} hexadecimal digits of the SHA-256 of each line, without
 *     its line feed
 * @param sha256 of everything
 * @param endsWithLineFeed whether the last line is finished
 */
record LineHashes(List<String> lines, String sha256, boolean endsWithLineFeed) {

  private static final int CHARACTERS = 16;
  private static final int BUFFER = 1 << 16;

  static LineHashes of(String text) {
    InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return AtomicFiles.read("arrays can be read", () -> of(bytes, line -> {}));
  }

  static LineHashes of(Path file) throws IOException {
    return of(file, line -> {});
  }

  /**
   * Reads a file that is no link.
   *
   * @param lines takes each line, and at last what follows the last line feed
   */
  static LineHashes of(Path file, Consumer<byte[]> lines) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return of(in, lines);
    }
  }

  private static LineHashes of(InputStream in, Consumer<byte[]> lines) throws IOException {
    MessageDigest whole = AtomicFiles.sha256();
    MessageDigest digest = AtomicFiles.sha256();
    List<String> hashes = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      whole.update(buffer, 0, n);
      int begin = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, begin, i - begin);
          byte[] bytes = line.toByteArray();
          hashes.add(shortHash(digest, bytes));
          lines.accept(bytes);
          line.reset();
          begin = i + 1;
        }
      }
      line.write(buffer, begin, n - begin);
    }
    boolean finished = line.size() == 0;
    lines.accept(line.toByteArray());
    if (!finished) {
      hashes.add(shortHash(digest, line.toByteArray()));
    }
    return new LineHashes(hashes, AtomicFiles.hex(whole.digest()), finished);
  }

  /** The hash of one line. */
  static String of(byte[] line) {
    return shortHash(AtomicFiles.sha256(), line);
  }

  private static String shortHash(MessageDigest digest, byte[] bytes) {
    return AtomicFiles.hex(digest.digest(bytes)).substring(0, CHARACTERS);
  }

  /** The number of finished lines. */
  int finishedLines() {
    return endsWithLineFeed ? lines.size() : lines.size() - 1;
  }

  /** The first line, from 1, that is not the one of {@code expected}; one after both ends too. */
  int firstDifference(List<String> expected) {
    int line = 0;
    while (line < Math.min(lines.size(), expected.size())
        && lines.get(line).equals(expected.get(line))) {
      line++;
    }
    return line + 1;
  }
}
