package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The state of a file of a run, compared with what the ledger says about it.
 *
 * @param file its path within the run directory, with slashes
 * @param state its state
 * @param line the first line that is lost or another, from 1; 0 if there is none
 * @param acceptedAt when somebody accepted it as it is, by {@code check --accept}; empty if it is
 *     as the run wrote it
 */
public record FileCheck(String file, State state, int line, Optional<String> acceptedAt) {

  /** The state of a file. */
  public enum State {
    /** As it was written. */
    WHOLE,
    /** It ends before its end. */
    CUT,
    /** It has other contents. */
    CHANGED,
    /** It is not there. */
    MISSING,
    /** A link, or no file at all: it is not read. */
    LINK,
    /** The run has not written it. */
    FOREIGN,
    /** A killed writer left it; resuming removes it. */
    DRAFT,
    /** A damaged checkpoint that a resumed run did not use, and put aside. */
    SET_ASIDE;

    /** Whether there is nothing wrong. */
    public boolean isGood() {
      return this == WHOLE || this == DRAFT || this == SET_ASIDE;
    }
  }

  /** Says whether a file has the contents that it was written with. */
  interface Contents {
    boolean areGood(Path file) throws IOException;
  }

  /** Of a file of which no line is known. */
  static FileCheck of(String file, State state) {
    return new FileCheck(file, state, 0, Optional.empty());
  }

  /** The state of {@code file} in the directory {@code root}; looks into it if it is one. */
  static FileCheck of(Path root, Path file, Contents contents) throws IOException {
    String name = name(root, file);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return of(name, State.MISSING);
    }
    if (!isPlain(root, file)) {
      return of(name, State.LINK);
    }
    return of(name, contents.areGood(file) ? State.WHOLE : State.CHANGED);
  }

  /** The path of {@code file} within {@code root}, with slashes. */
  static String name(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /**
   * Whether {@code file} is a regular file, reached without a link within {@code root}, so that a
   * run from elsewhere shows its own files only. The directory itself may be a link, to another
   * disk for example.
   */
  static boolean isPlain(Path root, Path file) {
    for (Path above = file.getParent();
        above != null && !above.equals(root);
        above = above.getParent()) {
      if (above.endsWith("..") || !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The state in words, such as {@code changed at line 7}. */
  public String words() {
    String at = line > 0 ? " at line " + line : "";
    return switch (state) {
      case WHOLE -> "whole" + acceptedAt.map(time -> ", accepted as it is on " + time).orElse("");
      case CUT -> "cut" + at;
      case CHANGED -> "changed" + at;
      case MISSING -> "missing";
      case LINK -> "a link or no file";
      case FOREIGN -> "foreign";
      case DRAFT -> "left by a killed writer";
      case SET_ASIDE -> "damaged, set aside";
    };
  }

  /** The damage in words, as what is said of the file. */
  String damage() {
    return switch (state) {
      case MISSING -> "is missing";
      case LINK -> "is a link or no file, and is not read";
      case FOREIGN -> "is not of this run: " + RunDirectory.LEDGER + " does not know it";
      default -> words() + " since the run wrote it";
    };
  }
}
