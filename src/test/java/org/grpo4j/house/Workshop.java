package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.grpo4j.cli.Main;

/**
 * A copy of the tree in which something is changed, compiled and run, as Maven and {@code ./grpo4j}
 * would. Programs run in processes of their own, in the copy's directory.
 *
 * @param tree where the copy is
 */
record Workshop(Path tree) {

  private static final List<String> COPIED =
      List.of("src", "docs", "experiments", "README.md", "LICENSE", "pom.xml", "grpo4j");
  private static final String MAIN = "src/main/java";
  private static final String TESTS = "src/test/java";
  private static final String VECTORS = "jdk.incubator.vector";
  private static final int SECONDS = 300;
  private static final int SHOWN_LINES = 40;

  /** Copies the tree to {@code directory}, with what Maven makes beside classes. */
  static Workshop open(Path directory) throws Exception {
    for (String name : COPIED) {
      copy(Path.of(name), directory.resolve(name));
    }
    Workshop workshop = new Workshop(directory);
    Path compiled = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    copy(compiled, workshop.classes());
    copy(directory.resolve("src/test/resources"), workshop.testClasses());
    return workshop;
  }

  private Path classes() {
    return tree.resolve("target/classes");
  }

  private Path testClasses() {
    return tree.resolve("target/test-classes");
  }

  /** The copy's classes and the libraries. */
  private String classPath() {
    String libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    return String.join(
        File.pathSeparator, testClasses().toString(), classes().toString(), libraries);
  }

  /**
   * Compiles the copy: what is new or changed of the project, and the test classes of these names
   * with what they use.
   */
  void compile(Collection<String> tests) throws IOException {
    List<Path> changed = new ArrayList<>();
    for (Path source : Sources.under(tree.resolve(MAIN))) {
      Path original = Path.of(MAIN).resolve(tree.resolve(MAIN).relativize(source));
      if (!Files.exists(original) || Files.mismatch(source, original) >= 0) {
        changed.add(source);
      }
    }
    javac(changed, classes(), List.of());
    List<Path> named = new ArrayList<>();
    for (String test : tests) {
      named.add(file(test));
    }
    List<String> used = List.of("-sourcepath", tree.resolve(TESTS).toString());
    javac(named, testClasses(), used);
  }

  private void javac(List<Path> sources, Path to, List<String> more) throws IOException {
    Files.createDirectories(to);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-nowarn", "-parameters", "-g", "-proc:none", "--add-modules", VECTORS);
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-d", to.toString(), "-classpath", classPath()));
    all.addAll(more);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(messages, files, null, all, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertEquals(true, compiled, () -> ExtendingPage.PAGE + " does not compile:\n" + messages);
    }
  }

  /**
   * Runs {@code javac} with {@code arguments}; the launcher's jar is there, as after its first use.
   */
  void javac(List<String> arguments) throws Exception {
    Path jar = Files.createDirectories(tree.resolve("target/launcher")).resolve("grpo4j.jar");
    if (!Files.exists(jar)) {
      run(
          tool("jar"),
          List.of(),
          List.of("--create", "--file", jar.toString(), "-C", classes().toString(), "."));
    }
    run(tool("javac"), List.of(), arguments);
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Runs {@code ./grpo4j} with {@code arguments}. */
  String grpo4j(List<String> arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("org.grpo4j.cli.Main"));
    all.addAll(arguments);
    return java(List.of("-Dgrpo4j.home=" + tree, "-Dorg.bytedeco.javacpp.maxbytes=512M"), all);
  }

  /** Runs the test classes of these names; fails with what they say. */
  String test(List<String> names, List<String> properties) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--details=summary",
                "--exclude-tag=" + SourceTest.EVERYTHING,
                "--disable-ansi-colors"));
    for (String name : names) {
      all.add("--select-class=" + qualified(name));
    }
    List<String> options = new ArrayList<>(properties);
    options.add("-XX:TieredStopAtLevel=1"); // a test or two of everything: half the time
    return java(options, all);
  }

  private String qualified(String test) throws IOException {
    String path = tree.resolve(TESTS).relativize(file(test)).toString().replace('\\', '/');
    return path.substring(0, path.length() - ".java".length()).replace('/', '.');
  }

  private Path file(String test) throws IOException {
    for (Path file : Sources.files(tree.resolve(TESTS), test + ".java")) {
      if (file.getFileName().toString().equals(test + ".java")) {
        return file;
      }
    }
    throw new AssertionError(ExtendingPage.PAGE + ": there is no test " + test);
  }

  private String java(List<String> properties, List<String> arguments) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--add-modules",
                VECTORS,
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-cp",
                classPath()));
    options.addAll(0, properties);
    return run(tool("java"), options, arguments);
  }

  private String run(String program, List<String> options, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(options);
    command.addAll(arguments);
    Path said = tree.resolve("said.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(tree.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(arguments + ": not finished after " + SECONDS + " s");
    }
    String text = Files.readString(said);
    assertEquals(0, process.exitValue(), () -> arguments + " fails:\n" + told(text));
    return text;
  }

  /** What failed, where the output says so; else its last lines. */
  private static String told(String text) {
    int failures = Math.max(0, text.indexOf("\nFailures ("));
    List<String> lines = text.substring(failures).lines().toList();
    int from = failures > 0 ? 0 : Math.max(0, lines.size() - SHOWN_LINES);
    return String.join("\n", lines.subList(from, Math.min(from + SHOWN_LINES, lines.size())));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.forEach(
          path -> {
            try {
              Path target = to.resolve(from.relativize(path).toString());
              if (Files.isDirectory(path)) {
                Files.createDirectories(target);
              } else {
                Files.copy(path, target);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
