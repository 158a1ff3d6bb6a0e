package org.grpo4j.course.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.course.sandbox.SubmissionException.Kind;

/**
 * A student's JUnit tests, compiled and looked through, ready to be run on versions of a class of
 * the library.
 *
 * @param classes the directory of their classes
 * @param work the directory they may run in, empty at first
 */
public record TestSubmission(Path classes, Path work) {

  /** The directory of a project where its tests are. */
  public static final Path SOURCES = Path.of("src", "test", "java");

  /**
   * The result on one version.
   *
   * @param tests how many there are
   * @param failures how many of them fail, or could not be run
   * @param sentence the first failure, if there is one
   */
  public record Result(int tests, int failures, String sentence) {}

  /**
   * Compiles the tests of a project and lets nothing pass that a test does not need.
   *
   * @param project the student's project
   * @param scratch an empty directory for classes and the process
   * @throws SubmissionException if there are none, they do not compile or are refused
   */
  public static TestSubmission prepare(Path project, Path scratch) throws IOException {
    Path root = project.resolve(SOURCES);
    Submission.requireOwn(project, root);
    List<Path> sources = Submission.sources(root);
    if (sources.isEmpty()) {
      throw new SubmissionException(Kind.INCOMPLETE, "there is no test in " + SOURCES);
    }
    Path work = Files.createDirectories(scratch.resolve("work"));
    Path classes = Files.createDirectories(scratch.resolve("classes"));
    SubmissionCompiler.compile(root, sources, classes, work, classPath());
    ClassGate.ofTests().check(Submission.read(classes));
    return new TestSubmission(classes, work);
  }

  /** The library and JUnit. */
  private static String classPath() {
    return JavaProcess.libraryPath()
        + File.pathSeparator
        + JavaProcess.classPath(
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.params.ParameterizedTest",
            "org.junit.jupiter.engine.JupiterTestEngine",
            "org.junit.platform.engine.TestEngine",
            "org.junit.platform.launcher.Launcher",
            "org.junit.platform.commons.JUnitException",
            "org.opentest4j.AssertionFailedError",
            "org.apiguardian.api.API");
  }

  /**
   * The results on these versions, in their order.
   *
   * @param versions directories of classes that stand before the library's
   * @throws SubmissionException if the process does not come to its end
   */
  public List<Result> run(List<Path> versions, Limits limits) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-cp", classPath(), TestServer.class.getName(), classes.toString()));
    versions.forEach(version -> arguments.add(version.toString()));
    Path answers = classes.resolveSibling("answers.txt");
    ProcessBuilder process =
        JavaProcess.builder(work, limits.memoryMebibytes(), arguments)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(answers.toFile());
    if (JavaProcess.run(process, limits.totalMillis()).isEmpty()) {
      throw new SubmissionException(
          Kind.TIME, "the tests did not end within " + limits.totalMillis() / 1000 + " s");
    }
    List<String> lines = Files.readAllLines(answers, StandardCharsets.UTF_8);
    if (lines.size() != versions.size()) {
      throw new SubmissionException(Kind.ENDED, "the process of the tests ended early");
    }
    return lines.stream().map(TestSubmission::result).toList();
  }

  private static Result result(String line) {
    String[] parts = line.split(" ", 3);
    return new Result(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
  }
}
