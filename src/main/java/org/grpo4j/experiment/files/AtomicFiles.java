package org.grpo4j.experiment.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Files that are there whole or not at all: written beside their place, brought to the disk, then
 * moved into it. Neither a killed process nor a full disk leaves half a file under its name.
 */
public final class AtomicFiles {

  /** Windows cannot open a directory as a file, and writes its entries by itself. */
  private static final boolean DIRECTORIES_SYNC =
      !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  private static final String ASIDE = ".damaged";

  private AtomicFiles() {}

  /** Something that is done to files. */
  public interface Action {
    /** Does it. */
    void run() throws IOException;
  }

  /** Something that is read from files. */
  public interface Reading<T> {
    /** Reads it. */
    T read() throws IOException;
  }

  /**
   * Does {@code action}; its error is unchecked.
   *
   * @param otherwise the sentence for an error, such as {@code cannot write FILE}
   */
  public static void act(String otherwise, Action action) {
    read(
        otherwise,
        () -> {
          action.run();
          return otherwise;
        });
  }

  /** The result of {@code reading}, whose error is unchecked and says {@code otherwise}. */
  public static <T> T read(String otherwise, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException(otherwise, e);
    }
  }

  /** Replaces {@code file} by {@code text} in UTF-8. */
  public static void write(Path file, String text) {
    act("cannot write " + file, () -> write(file, out -> out.write(text)));
  }

  /** The writer of a text that is too long to be held. */
  public interface Content {
    /** Writes all of it. */
    void writeTo(Writer out) throws IOException;
  }

  /** Replaces {@code file} by {@code content} in UTF-8; if that fails, what was there stays. */
  public static void write(Path file, Content content) throws IOException {
    Path draft = draft(file);
    try {
      try (Writer out =
          new OutputStreamWriter(
              new BufferedOutputStream(Files.newOutputStream(draft)), StandardCharsets.UTF_8)) {
        content.writeTo(out);
      }
      sync(draft);
      move(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** The name under which a file or directory is written before it is moved into place. */
  static Path draft(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".part");
  }

  /** Whether {@code name} is that of a draft: what a killed writer leaves. */
  static boolean isDraft(String name) {
    return name.startsWith(".") && name.endsWith(".part");
  }

  /** Renames a damaged file or directory, to a name that is free, so that nothing replaces it. */
  static void moveAside(Path damaged) throws IOException {
    Path aside = damaged.resolveSibling(damaged.getFileName() + ASIDE);
    for (int i = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); i++) {
      aside = damaged.resolveSibling(damaged.getFileName() + ASIDE + "-" + i);
    }
    move(damaged, aside);
  }

  /** Whether {@code name} is that of something that was moved aside. */
  static boolean isAside(String name) {
    return name.contains(ASIDE);
  }

  /** Writes the whole text, in UTF-8, where the channel stands. */
  static void writeAll(FileChannel out, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /**
   * Moves a file or a directory into place, for good: the directory is brought to the disk, too. A
   * file that is there is replaced, a directory is not.
   */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    syncDirectory(directoryOf(to));
  }

  /** The directory that holds {@code file}. */
  static Path directoryOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "not the root");
  }

  /** Brings a file that is written already to the disk. */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes a directory, for good, if it is not there. */
  public static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory);
      syncDirectory(directoryOf(directory));
    }
  }

  /** Brings the entries of a directory to the disk, where the system knows how. */
  static void syncDirectory(Path directory) throws IOException {
    if (DIRECTORIES_SYNC) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Removes the drafts in these directories that killed writers have left. */
  static void removeDrafts(Path... directories) throws IOException {
    for (Path directory : directories) {
      for (Path draft : list(directory, "[.].*[.]part")) {
        deleteDirectory(draft);
      }
    }
  }

  /** The entries of {@code directory} with names of this pattern, ascending; none if it is none. */
  static List<Path> list(Path directory, String names) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> String.valueOf(path.getFileName()).matches(names))
          .sorted()
          .toList();
    }
  }

  /** Deletes a directory and everything in it; links are deleted, not followed. */
  public static void deleteDirectory(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  /** SHA-256 of a text in UTF-8, in hexadecimal. */
  static String sha256(String text) {
    return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** SHA-256 of a file, in hexadecimal. */
  public static String sha256(Path file) throws IOException {
    return hex(sha256().digest(Files.readAllBytes(file)));
  }

  /** A new digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
