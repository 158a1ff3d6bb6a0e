package org.grpo4j.course.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.course.sandbox.SubmissionFailure.Kind;

/**
 * The compiler in a process of its own: there are short programs that keep a compiler busy for
 * hours or let its stack overflow. Annotation processors are off, since they run code.
 */
final class SubmissionCompiler {

  /** File and line, message, and the symbol it is about, three lines below. */
  private static final Pattern ERROR =
      Pattern.compile("(?m)^(.*\\.java:\\d+): error: (.*)$(?:\\R.*\\R *\\^\\R *symbol: +(.*)$)?");

  private static final Pattern CRASH = Pattern.compile("java\\.lang\\.\\w+Error");

  private static final int MOST_ERRORS = 10;
  private static final int MEMORY_MEBIBYTES = 512;
  private static final long SECONDS = 60;

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
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-m",
                "jdk.compiler/com.sun.tools.javac.Main",
                "-proc:none",
                "-implicit:none",
                "-Xlint:none",
                "-g",
                "-Xmaxerrs",
                MOST_ERRORS + "",
                "--release",
                "17",
                "-encoding",
                "UTF-8",
                "-sourcepath",
                "",
                "-cp",
                classPath,
                "-d",
                classes.toString()));
    sources.forEach(source -> arguments.add(source.toString()));
    Process compiler =
        JavaProcess.start(
            JavaProcess.builder(work, MEMORY_MEBIBYTES, arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
    try {
      if (!compiler.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw failure("the compiler did not end within %d s".formatted(SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    } finally {
      JavaProcess.kill(compiler);
    }
    if (compiler.exitValue() != 0) {
      throw failure(errors(root, Files.readString(log, StandardCharsets.UTF_8)));
    }
  }

  private static String errors(Path root, String log) {
    Matcher error = ERROR.matcher(log);
    List<String> errors = new ArrayList<>();
    while (error.find()) {
      Path file = Path.of(error.group(1));
      errors.add(
          (file.startsWith(root) ? root.relativize(file) : file)
              + ": "
              + error.group(2)
              + (error.group(3) == null ? "" : " " + error.group(3)));
    }
    if (errors.isEmpty()) {
      Matcher crash = CRASH.matcher(log);
      return "the compiler gave up: " + (crash.find() ? crash.group() : log);
    }
    return String.join("; ", errors);
  }

  private static SubmissionException failure(String sentence) {
    return new SubmissionFailure(Kind.NOT_COMPILED, sentence).exception();
  }
}
