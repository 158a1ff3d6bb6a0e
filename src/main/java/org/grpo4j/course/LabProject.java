package org.grpo4j.course;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.grpo4j.course.answers.EnumerationLab;
import org.grpo4j.course.answers.ExperimentLab;
import org.grpo4j.course.answers.ReviewLab;
import org.grpo4j.course.bugs.SilentBugs;
import org.grpo4j.course.source.RealSource;
import org.grpo4j.math.Require;

/**
 * The files of a lab for a student: a Maven project with what is to be written, the library as a
 * jar of its own, visible tests and the lab's page. It needs nothing of grpo4j installed.
 *
 * @param lab the lab
 * @param student name or number, by which what is drawn for a student is drawn; may be empty
 */
public record LabProject(Lab lab, String student) {

  /** The file that says which lab a project is of, and whose. */
  public static final String LAB_FILE = "lab.yaml";

  private static final String SOURCES = "src/main/java";
  private static final String TESTS = "src/test/java";
  private static final String TEMPLATES = "project/";

  public LabProject {
    Require.that(
        student.matches("[\\p{L}\\p{N}@._+-]{0,100}"),
        "--student",
        "at most 100 letters, digits and @ . _ + -",
        student);
  }

  /** Whether this build gives solutions out. */
  public static boolean solutions() {
    Properties build = new Properties();
    try {
      build.load(new StringReader(RealSource.resource("build.properties")));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory could not be read", e);
    }
    return "true".equals(build.getProperty("solutions"));
  }

  /**
   * Writes the project.
   *
   * @throws IllegalArgumentException if there is something in {@code directory} already
   */
  public void write(Path directory) throws IOException {
    requireEmpty(directory);
    writeProject(directory, lab.template());
  }

  /** Writes the library's own sources in place of a project's; they solve the lab. */
  public void writeSolution(Path directory) throws IOException {
    requireEmpty(directory);
    writeProject(directory, lab.solution());
  }

  /**
   * Writes what an exercise of Artemis consists of: {@code template}, {@code tests} and, if this
   * build gives solutions out, {@code solution}. Artemis puts a student's repository into {@code
   * tests/assignment}.
   */
  public void writeArtemis(Path directory) throws IOException {
    requireEmpty(directory);
    writeProject(directory.resolve("template"), lab.template());
    if (solutions()) {
      writeProject(directory.resolve("solution"), lab.solution());
    }
    Path tests = directory.resolve("tests");
    String folders =
        """


            <sourceDirectory>${project.basedir}/assignment/src/main/java</sourceDirectory>
            <testSourceDirectory>${project.basedir}/test</testSourceDirectory>\
        """;
    writeMaven(tests, folders);
    writeTests(tests.resolve("test"));
  }

  private void writeProject(Path project, Map<String, String> sources) throws IOException {
    for (Map.Entry<String, String> source : sources.entrySet()) {
      put(project.resolve(SOURCES), source.getKey(), source.getValue());
    }
    writeTests(project.resolve(TESTS));
    if (lab.maven()) {
      writeMaven(project, "");
    }
    put(project, LAB_FILE, "lab: \"%s\"\nstudent: \"%s\"\n".formatted(lab.id(), student));
    put(project, "README.md", lab.readme());
    put(project, ".editorconfig", RealSource.resource(TEMPLATES + "editorconfig"));
    put(project, ".gitignore", RealSource.resource(TEMPLATES + "gitignore"));
    put(project, ".vscode/settings.json", RealSource.resource(TEMPLATES + "settings.json"));
    putIfThere(project, "AGENTS.md", "AGENTS.md");
    switch (lab.id()) {
      case "8" -> EnumerationLab.write(project, student);
      case "9" -> ExperimentLab.write(project);
      case "10" -> new SilentBugs(student, SilentBugs.SEED).write(project);
      case "review" -> ReviewLab.write(project);
      case "tests" -> MutantLab.write(project);
      default -> {} // stubs and tests are all
    }
  }

  /** Every test that is there for one of the lab's files. */
  private void writeTests(Path root) throws IOException {
    for (String file : lab.stubs().keySet()) {
      String test = file.replaceFirst("\\.java$", "Test.java");
      putIfThere(root, test, TEMPLATES + "tests/" + test);
    }
  }

  /** Writes the build and the library; {@code folders} are said where they are not Maven's. */
  private void writeMaven(Path project, String folders) throws IOException {
    String pom =
        RealSource.resource(TEMPLATES + "pom.xml")
            .replace("@lab@", lab.id())
            .replace("<build>", "<build>" + folders)
            .replace("@core@", CoreJar.write(project.resolve("lib"), lab.stubs().keySet()));
    put(project, "pom.xml", pom);
    put(project, ".mvn/maven.config", RealSource.resource(TEMPLATES + "maven.config"));
  }

  private static void put(Path directory, String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  private static void putIfThere(Path directory, String name, String resource) throws IOException {
    Optional<String> text = RealSource.find(resource);
    if (text.isPresent()) {
      put(directory, name, text.get());
    }
  }

  private static void requireEmpty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      Require.that(Files.isDirectory(directory), directory + ": must be a directory");
      try (Stream<Path> there = Files.list(directory)) {
        Require.that(
            there.findAny().isEmpty(),
            directory + ": is not empty; name a directory that is empty or not there yet");
      }
    }
  }
}
