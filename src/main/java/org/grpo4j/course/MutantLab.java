package org.grpo4j.course;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.sandbox.Limits;
import org.grpo4j.course.sandbox.TestSubmission;
import org.grpo4j.course.source.CourseYaml;
import org.grpo4j.course.source.Patch;
import org.grpo4j.course.source.RealSource;
import org.grpo4j.course.source.SourceCompiler;
import org.grpo4j.math.Numbers;

/**
 * The lab whose hand-in is tests: they run on the library's own group advantage, where all must
 * pass, and on versions of it that are wrong in one place each. The score is the share of these
 * that some test fails on.
 */
final class MutantLab {

  private static final String FILE = "org/grpo4j/advantage/GroupRelativeAdvantage.java";
  private static final int POINTS = 10;

  /** The class files of a version by its source, so that many submissions compile it once. */
  private static final Map<String, Map<Path, byte[]>> COMPILED = new ConcurrentHashMap<>();

  private MutantLab() {}

  /**
   * A wrong version.
   *
   * @param id its name
   * @param area what it is about; said of one that survives
   * @param find text of the right version
   * @param replace what stands there instead
   */
  record Mutant(String id, String area, String find, String replace) {

    String source() {
      return Patch.replaced(RealSource.of(FILE), find, replace, id + ": find: ", FILE);
    }
  }

  static List<Mutant> mutants() {
    return CourseYaml.read(
        RealSource.resource("mutants/mutants.yaml"), "mutants.yaml", new TypeReference<>() {});
  }

  /** The class to test, and a test to begin with. */
  static void write(Path project) throws IOException {
    Path source = project.resolve("src/main/java").resolve(FILE);
    Files.createDirectories(source.getParent());
    Files.writeString(source, RealSource.of(FILE));
    Path tests = Files.createDirectories(project.resolve(TestSubmission.SOURCES));
    Files.writeString(
        tests.resolve("GroupAdvantageTest.java"),
        RealSource.resource("mutants/GroupAdvantageTest.java"));
  }

  static Examiner.Result examine(HandedIn project, Path scratch, Limits limits) throws IOException {
    TestSubmission tests =
        TestSubmission.prepare(
            project.directory(), Files.createDirectory(scratch.resolve("tests")));
    List<Path> versions = new ArrayList<>();
    versions.add(compiled(RealSource.of(FILE), scratch.resolve("right")));
    for (Mutant mutant : mutants()) {
      versions.add(compiled(mutant.source(), scratch.resolve(mutant.id())));
    }
    return result(tests.run(versions, limits));
  }

  /** The classes of {@code source} in a directory of their own: what runs there may change them. */
  private static Path compiled(String source, Path classes) throws IOException {
    Map<Path, byte[]> files = COMPILED.get(source);
    if (files == null) {
      compile(source, classes);
      COMPILED.put(source, read(classes));
    } else {
      for (Map.Entry<Path, byte[]> file : files.entrySet()) {
        Path copy = classes.resolve(file.getKey());
        Files.createDirectories(copy.getParent());
        Files.write(copy, file.getValue());
      }
    }
    return classes;
  }

  private static Map<Path, byte[]> read(Path classes) throws IOException {
    Map<Path, byte[]> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(classes.relativize(file), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static void compile(String source, Path classes) throws IOException {
    List<String> errors =
        SourceCompiler.compile(
            Map.of(FILE, source), System.getProperty("java.class.path", ""), classes);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(classes.getFileName() + " does not compile: " + errors);
    }
  }

  private static Examiner.Result result(List<TestSubmission.Result> results) {
    TestSubmission.Result right = results.get(0);
    if (right.tests() == 0 || right.failures() > 0) {
      String sentence =
          right.tests() == 0
              ? "there is no test"
              : "%d of %d tests fail on the right class: %s"
                  .formatted(right.failures(), right.tests(), right.sentence());
      return result(0, List.of(sentence));
    }
    List<Mutant> mutants = mutants();
    Set<String> areas = new TreeSet<>();
    int killed = 0;
    for (int i = 0; i < mutants.size(); i++) {
      boolean kills = results.get(i + 1).failures() > 0;
      killed += kills ? 1 : 0;
      if (!kills) {
        areas.add(mutants.get(i).area());
      }
    }
    List<String> feedback = new ArrayList<>();
    feedback.add(
        "%s: %d of %d faulty versions are seen"
            .formatted(Numbers.count(right.tests(), "test"), killed, mutants.size()));
    if (!areas.isEmpty()) {
      feedback.add("some survive that are about: " + String.join(", ", areas));
    }
    return result(POINTS * killed / mutants.size(), feedback);
  }

  private static Examiner.Result result(int points, List<String> feedback) {
    return new Examiner.Result(
        List.of(new GradedQuestion("Faulty versions seen", points, POINTS, feedback)), "");
  }
}
