package org.grpo4j.course.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grpo4j.course.sandbox.SubmissionException.Kind;

/**
 * A student's program, compiled and looked through, ready to be run.
 *
 * @param classes the directory of its classes
 * @param work the directory it may run in, empty at first
 */
public record Submission(Path classes, Path work) {

  /** The directory of a project where its sources are. */
  public static final Path SOURCES = Path.of("src", "main", "java");

  private static final int MOST_FILES = 200;
  private static final long MOST_BYTES = 1_000_000;

  /**
   * Compiles the sources of a project, before the library on the class path, and lets nothing pass
   * that a lab does not need.
   *
   * @param project the student's project
   * @param stubs the files the lab hands out, such as {@code
   *     org/grpo4j/advantage/GroupRelativeAdvantage.java}; all must be there
   * @param scratch an empty directory for classes and the process
   * @throws SubmissionException if it is not complete, does not compile or is refused
   */
  public static Submission prepare(Path project, Set<String> stubs, Path scratch)
      throws IOException {
    Submission submission = compile(project, stubs, scratch);
    submission.check(stubs);
    return submission;
  }

  /** The first half of {@link #prepare}: nobody has looked at these classes yet. */
  static Submission compile(Path project, Set<String> stubs, Path scratch) throws IOException {
    Path root = project.resolve(SOURCES);
    requireOwn(project, root);
    List<Path> sources = sources(root);
    for (String stub : stubs) {
      if (!sources.contains(root.resolve(stub))) {
        throw incomplete("%s is missing from %s".formatted(stub, SOURCES));
      }
    }
    Path work = Files.createDirectories(scratch.resolve("work"));
    Path classes = Files.createDirectories(scratch.resolve("classes"));
    SubmissionCompiler.compile(root, sources, classes, work, JavaProcess.libraryPath());
    return new Submission(classes, work);
  }

  /** The second half. */
  void check(Set<String> stubs) throws IOException {
    ClassGate.ofLab(stubs).check(read(classes));
  }

  /** Refuses a directory of sources that is a link to another place. */
  static void requireOwn(Path project, Path root) throws IOException {
    if (Files.exists(root) && !root.toRealPath().startsWith(project.toRealPath())) {
      throw incomplete(project.relativize(root) + " is a link to another place");
    }
  }

  /** The Java files below {@code root}. */
  static List<Path> sources(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw incomplete("there is no directory " + SOURCES);
    }
    List<Path> sources = new ArrayList<>();
    long bytes = 0;
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all.sorted()::iterator) {
        if (file.toString().endsWith(".java")
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          sources.add(file);
          bytes += Files.size(file);
        }
        if (sources.size() > MOST_FILES || bytes > MOST_BYTES) {
          throw incomplete(
              "%s holds more than %d files or %d bytes, which no lab needs"
                  .formatted(SOURCES, MOST_FILES, MOST_BYTES));
        }
      }
    }
    return sources;
  }

  private static SubmissionException incomplete(String sentence) {
    return new SubmissionException(Kind.INCOMPLETE, sentence);
  }

  /** The classes by name, such as {@code org/grpo4j/advantage/Mean}. */
  static Map<String, byte[]> read(Path classes) throws IOException {
    Map<String, byte[]> read = new TreeMap<>();
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        if (file.toString().endsWith(".class")) {
          String name = classes.relativize(file).toString().replace('\\', '/');
          read.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
        }
      }
    }
    return read;
  }
}
