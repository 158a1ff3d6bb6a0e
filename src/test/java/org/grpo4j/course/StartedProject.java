package org.grpo4j.course;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.grpo4j.course.source.SourceCompiler;

/** What Maven does with a student's project: compiles it against its own jar, runs its tests. */
public record StartedProject(Path directory) {

  private static final Pattern JUNIT =
      Pattern.compile("junit-(jupiter|platform)|opentest4j|apiguardian");

  private static final Pattern TEST =
      Pattern.compile("(?s)<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\".*?</testcase>");

  private static final Pattern PROBLEM =
      Pattern.compile("<(?:failure|error) (?:message=\"([^\"]*)\" )?type=\"([^\"]*)\"");

  /** Writes a lab's project. */
  public static StartedProject start(Lab lab, Path directory) throws IOException {
    new LabProject(lab, "ada").write(directory);
    return new StartedProject(directory);
  }

  /** Puts these files in place of those that are there. */
  public StartedProject with(Map<String, String> sources) throws IOException {
    Path root = directory.resolve("src/main/java");
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Files.writeString(root.resolve(source.getKey()), source.getValue());
    }
    return this;
  }

  /** The visible tests by name: empty if passed, or why not. */
  public Map<String, String> test() throws IOException, InterruptedException {
    Path target = directory.resolve("target");
    Path classes = target.resolve("classes");
    Path tests = target.resolve("test-classes");
    compile("src/main/java", jar().toString(), classes);
    String all = join(List.of(classes.toString(), jar().toString(), junit()));
    compile("src/test/java", all, tests);
    Path said = target.resolve("said.txt");
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            join(List.of(tests.toString(), all)),
            "org.junit.platform.console.ConsoleLauncher",
            "execute",
            "--disable-banner",
            "--scan-classpath=" + tests,
            "--reports-dir=" + target)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start()
        .waitFor();
    Path report = target.resolve("TEST-junit-jupiter.xml");
    if (!Files.exists(report)) {
      throw new IllegalStateException(Files.readString(said));
    }
    Map<String, String> outcomes = new TreeMap<>();
    Matcher test = TEST.matcher(Files.readString(report));
    while (test.find()) {
      Matcher problem = PROBLEM.matcher(test.group());
      String outcome = problem.find() ? problem.group(2) + ": " + problem.group(1) : "";
      outcomes.put(test.group(2) + "." + test.group(1), outcome);
    }
    return outcomes;
  }

  private Path jar() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("lib"))) {
      return all.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  /** The jars of JUnit on our own class path. */
  private static String junit() {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (JUNIT.matcher(new File(entry).getName()).lookingAt()) {
        jars.add(entry);
      }
    }
    return join(jars);
  }

  private static String join(List<String> entries) {
    return String.join(File.pathSeparator, entries);
  }

  private void compile(String root, String classPath, Path classes) throws IOException {
    Path from = directory.resolve(root);
    List<Path> sources = List.of();
    if (Files.isDirectory(from)) {
      try (Stream<Path> all = Files.walk(from)) {
        sources = all.filter(file -> file.toString().endsWith(".java")).toList();
      }
    }
    List<String> errors = SourceCompiler.compile(from, sources, classPath, classes);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(String.join("\n", errors));
    }
  }
}
