package org.grpo4j.course.sandbox;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.grpo4j.course.sandbox.SubmissionException.Kind;
import org.grpo4j.course.source.SourceCompiler;
import org.grpo4j.experiment.sweep.ParentPipe;

/**
 * The compiler in a process of its own: there are short programs that keep a compiler busy for
 * hours or let its stack overflow.
 */
public final class SubmissionCompiler {

  private static final int MOST_ERRORS = 10;
  private static final int MEMORY_MEBIBYTES = 512;
  private static final int SECONDS = 60;
  private static final int ERRORS = 1;

  private SubmissionCompiler() {}

  /**
   * Compiles.
   *
   * @param root the directory of the packages
   * @param sources the files
   * @param classes where classes go
   * @param work where the compiler runs
   * @param classPath what they are compiled against
   * @throws SubmissionException if there are errors: the first ten, each {@code file:line: message}
   */
  static void compile(Path root, List<Path> sources, Path classes, Path work, String classPath)
      throws IOException {
    Path log = classes.resolveSibling("compiler.log");
    List<String> arguments = new ArrayList<>(List.of("-cp", JavaProcess.libraryPath()));
    arguments.addAll(List.of(SubmissionCompiler.class.getName(), root.toString(), classPath));
    arguments.add(classes.toString());
    sources.forEach(source -> arguments.add(source.toString()));
    OptionalInt exit =
        JavaProcess.run(
            JavaProcess.builder(work, MEMORY_MEBIBYTES, arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()),
            SECONDS * 1000);
    if (exit.isEmpty()) {
      throw failure("the compiler did not end within %d s".formatted(SECONDS));
    }
    if (exit.getAsInt() != 0) {
      String gaveUp = exit.getAsInt() == ERRORS ? "" : "the compiler gave up: ";
      throw failure(gaveUp + Files.readString(log));
    }
  }

  /**
   * The program in that process.
   *
   * @param arguments the directory of the packages, the class path, the directory for classes, and
   *     the files
   */
  public static void main(String[] arguments) throws IOException {
    ParentPipe.watch(System.in, ERRORS);
    List<Path> sources = Stream.of(arguments).skip(3).map(Path::of).toList();
    List<String> errors =
        SourceCompiler.compile(Path.of(arguments[0]), sources, arguments[1], Path.of(arguments[2]));
    if (!errors.isEmpty()) {
      String said = errors.stream().limit(MOST_ERRORS).collect(Collectors.joining("; "));
      try (FileOutputStream log = new FileOutputStream(FileDescriptor.out)) {
        log.write(said.getBytes(StandardCharsets.UTF_8));
      }
      Runtime.getRuntime().halt(ERRORS);
    }
  }

  private static SubmissionException failure(String sentence) {
    return new SubmissionException(Kind.NOT_COMPILED, sentence);
  }
}
