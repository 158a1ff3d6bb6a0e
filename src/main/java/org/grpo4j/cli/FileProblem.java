package org.grpo4j.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A problem with the user's files or disks in plain words: which file, why, and what to do. */
final class FileProblem {

  /**
   * A reason of the operating system.
   *
   * @param said what it says
   * @param words the same in plain words
   * @param remedy what to do
   */
  private record Reason(Pattern said, String words, String remedy) {

    Reason(String said, String words, String remedy) {
      this(Pattern.compile(said, Pattern.CASE_INSENSITIVE), words, remedy);
    }
  }

  private static final String ELSEWHERE = "Name another place, or change this one.";

  private static final String FREE = "Free some space.";

  private static final List<Reason> REASONS =
      List.of(
          new Reason("no space left|there is not enough|disk quota", "the disk is full", FREE),
          new Reason("read-only", "the file system is read-only", ELSEWHERE),
          new Reason(
              "permission denied|operation not permitted|AccessDenied", "no permission", ELSEWHERE),
          new Reason("not ?(a ?)?directory", "a file is where a directory is needed", ELSEWHERE),
          new Reason("is a directory", "is a directory where a file is needed", ELSEWHERE),
          new Reason("file name too long", "the name is too long", "Choose a shorter one."),
          new Reason(
              "too many levels|FileSystemLoop", "its links lead round in a circle", ELSEWHERE),
          new Reason(
              "directory ?not ?empty",
              "is in the way: a directory with files in it",
              "Move it away."),
          new Reason(
              "file ?(already ?)?exists", "is in the way: it exists already", "Move it away."),
          new Reason("no ?such ?file", "is not there", "Look at the path."),
          new Reason("too many open", "too many files are open", "Raise the limit: ulimit -n 4096"),
          new Reason("input/output error", "the disk reports an error", "Look at the disk."));

  private FileProblem() {}

  /**
   * The sentence for the first problem with a file among an error and its causes.
   *
   * @param goOn how the command can be gone on with
   * @return empty if no file has to do with it
   */
  static Optional<String> of(Throwable error, String goOn) {
    String context = "";
    for (Throwable one = error; one != null; one = one.getCause()) {
      if (one instanceof InvalidPathException invalid) {
        String reason = invalid.getReason().toLowerCase(Locale.ROOT);
        return Optional.of("\"" + invalid.getInput() + "\": cannot be a path: " + reason);
      }
      if (one instanceof IOException io) {
        return Optional.of(sentence(context, io, goOn));
      }
      if (one instanceof ReadOnlyFileSystemException) {
        return Optional.of(sentence(context, new IOException("Read-only file system"), goOn));
      }
      String message = one.getMessage();
      if (message != null && one.getCause() != null && !message.contains(one.getCause() + "")) {
        context = message; // such as "cannot write FILE"
      }
    }
    return Optional.empty();
  }

  private static String sentence(String context, IOException error, String goOn) {
    String file = error instanceof FileSystemException of ? String.valueOf(of.getFile()) : "null";
    String where = file.equals("null") || context.contains(file) ? context : file;
    String said = said(error);
    String prefix = where.isEmpty() ? "" : where + ": ";
    for (Reason reason : REASONS) {
      if (reason.said().matcher(said).lookingAt()) {
        String remedy = reason.remedy().equals(FREE) ? FREE + " " + goOn : reason.remedy();
        return prefix + reason.words() + "\n  " + remedy;
      }
    }
    return prefix + said;
  }

  /** The words of the operating system, without the file's name, or the kind of the error. */
  private static String said(IOException error) {
    if (error instanceof CharacterCodingException) {
      return "is not text in UTF-8";
    }
    String reason = error instanceof FileSystemException of ? of.getReason() : error.getMessage();
    return reason == null ? error.getClass().getSimpleName() : reason;
  }
}
