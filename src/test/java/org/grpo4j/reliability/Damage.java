package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.experiment.files.AtomicFiles;

/** What can happen to a file of a run. */
enum Damage {
  FLIPPED_BIT,
  CHANGED_DIGIT,
  CUT_AT_A_BYTE,
  CUT_AT_A_LINE,
  LOST_LINE,
  DOUBLED_LINE,
  SWAPPED_LINES,
  APPENDED_LINE,
  NOT_UTF_8,
  EMPTIED,
  DELETED,
  A_DIRECTORY,
  A_LINK,
  OF_ANOTHER_SEED,
  OF_ANOTHER_TIME;

  /**
   * Damages a file.
   *
   * @param others runs that have a file of the same name
   * @return whether it is another file now
   */
  boolean apply(Path run, Path name, List<Path> others, SplittableRandom random)
      throws IOException {
    Path file = run.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    switch (this) {
      case DELETED -> Files.delete(file);
      case A_DIRECTORY -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
      case A_LINK -> {
        Files.delete(file);
        Files.createSymbolicLink(file, others.get(0).resolve(name).toAbsolutePath());
        return Files.exists(file);
      }
      case OF_ANOTHER_SEED -> {
        return exchange(file, bytes, others.get(0).resolve(name));
      }
      case OF_ANOTHER_TIME -> {
        return exchange(file, bytes, others.get(1).resolve(name))
            || exchange(
                file,
                bytes,
                run.resolve(name.toString().replace("update-000004", "update-000002")));
      }
      default -> {
        byte[] changed = changed(bytes, random);
        Files.write(file, changed);
        return !Arrays.equals(bytes, changed);
      }
    }
    return true;
  }

  private static boolean exchange(Path file, byte[] bytes, Path other) throws IOException {
    if (!Files.exists(other) || Arrays.equals(bytes, Files.readAllBytes(other))) {
      return false;
    }
    Files.write(file, Files.readAllBytes(other));
    return true;
  }

  private byte[] changed(byte[] bytes, SplittableRandom random) {
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    byte[] copy = bytes.clone();
    switch (this) {
      case FLIPPED_BIT:
        copy[at] ^= (byte) (1 << random.nextInt(8));
        return copy;
      case CHANGED_DIGIT:
        while (at < bytes.length && !(bytes[at] >= '0' && bytes[at] <= '9')) {
          at++;
        }
        if (at < bytes.length) {
          copy[at] = (byte) ('0' + (bytes[at] - '0' + 1 + random.nextInt(9)) % 10);
        }
        return copy;
      case CUT_AT_A_BYTE:
        return Arrays.copyOf(bytes, at);
      case NOT_UTF_8:
        if (at < bytes.length) {
          copy[at] = (byte) 0xC0;
        }
        return copy;
      case EMPTIED:
        return new byte[0];
      default:
        return lines(bytes, random);
    }
  }

  private byte[] lines(byte[] bytes, SplittableRandom random) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
    int at = random.nextInt(lines.size());
    switch (this) {
      case CUT_AT_A_LINE -> lines.subList(at, lines.size()).clear();
      case LOST_LINE -> lines.remove(at);
      case DOUBLED_LINE -> lines.add(at, lines.get(at));
      case SWAPPED_LINES -> Collections.swap(lines, at, random.nextInt(lines.size()));
      default -> lines.add(lines.get(at));
    }
    return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A copy of a run in a directory of its own. */
  static Path copy(Path run, Path runs) throws IOException {
    AtomicFiles.deleteDirectory(runs);
    Path copy = runs.resolve(run.getFileName());
    List<Path> all;
    try (var paths = Files.walk(run)) {
      all = paths.toList();
    }
    Files.createDirectories(runs);
    for (Path path : all) {
      Files.copy(path, copy.resolve(run.relativize(path).toString()));
    }
    return copy;
  }
}
