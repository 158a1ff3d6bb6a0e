package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.grpo4j.tour.Jdb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command that a help text, README or a page prints is run, from the project's directory and
 * with a run in {@code runs} such as the default makes. What would take long is shortened: fewer
 * updates, one seed, two variants; a server stops when it has answered, a debugger attaches.
 */
class PrintedExamplesTest {

  private static final List<String> BRIEF =
      brief(3, 20, "evaluation.problems=16", "evaluation.final_problems=4");

  /** As many updates as the examples name, which are those of the default run. */
  private static final List<String> AS_BY_DEFAULT =
      brief(110, 300, "train.prompts=8", "evaluation.every=50", "evaluation.problems=64");

  /** Begun later than any that the examples make, so that it is {@code last}. */
  private static final String NEWEST = "think-add__1__20991231T235959Z";

  @TempDir static Path tree;
  @TempDir static Path kept;
  private static ExampleProcess program;

  /**
   * One of those that are the same to a shell, or that stop for a debugger; of the gallery's, which
   * differ in the definition only, one.
   */
  static List<PrintedExample> examples() throws IOException, InterruptedException {
    Map<List<String>, PrintedExample> different = new LinkedHashMap<>();
    for (PrintedExample one : PrintedExample.all()) {
      List<String> words = new ArrayList<>(one.words(Path.of(".")));
      if (words.contains("--debug")) {
        replace(words, "--update", "any");
      }
      words.add(one.javaOptions());
      different.merge(words, one, PrintedExample::alsoAt);
    }
    List<PrintedExample> all = new ArrayList<>(different.values());
    List<PrintedExample> gallery =
        all.stream().filter(one -> one.line().contains("experiments/gallery/")).toList();
    for (PrintedExample one : gallery) {
      String file = one.line().replaceFirst(".*(experiments/gallery/\\S+).*", "$1");
      assertTrue(Files.isRegularFile(Path.of(file)), one.toString());
    }
    all.removeAll(gallery.subList(1, gallery.size()));
    return all;
  }

  @BeforeAll
  static void makeARunInACopyOfTheTree() throws IOException {
    for (String name : List.of("src", "README.md")) {
      Files.createSymbolicLink(tree.resolve(name), Path.of(name).toAbsolutePath());
    }
    copy(Path.of("docs"), tree.resolve("docs")); // recording fills a page there
    copy(Path.of("experiments"), tree.resolve("experiments"));
    shorten(tree.resolve("experiments/recorded/e2-group-size.yaml"));
    shortenStages(tree.resolve("experiments/r1.yaml"));
    shortenStages(tree.resolve("experiments/recorded/r1-without.yaml"));
    shortenStages(tree.resolve("experiments/recorded/e8-r1-pipeline.yaml"));
    try (Stream<Path> gallery = Files.list(tree.resolve("experiments/gallery"))) {
      for (Path file : gallery.filter(one -> one.toString().endsWith(".yaml")).toList()) {
        shortenFailure(file);
      }
    }
    Path page = tree.resolve("target/playground/index.html"); // which another profile builds
    Files.createDirectories(page.getParent());
    Files.writeString(page, "<!DOCTYPE html><title>Playground</title>");
    program = ExampleProcess.in(tree);
    List<String> train = new ArrayList<>(List.of("train", "--seed", "1", "--quiet"));
    train.addAll(AS_BY_DEFAULT);
    Cli run = program.run(train);
    assertEquals(0, run.exitCode(), run.err());
    try (Stream<Path> made = Files.list(tree.resolve("runs"))) {
      Path only =
          made.filter(one -> one.getFileName().toString().contains("__1__"))
              .findFirst()
              .orElseThrow();
      Files.move(only, kept.resolve(NEWEST));
    }
  }

  @AfterAll
  static void close() {
    program.close();
  }

  /** The newest run is that one, as it was, whatever the example before has made of it. */
  @BeforeEach
  void theRunIsAsItWas() throws IOException {
    Path run = tree.resolve("runs").resolve(NEWEST);
    if (Files.exists(run)) {
      delete(run);
    }
    copy(kept.resolve(NEWEST), run);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void theExampleDoesWhatItSays(PrintedExample example) throws Exception {
    List<String> words = shortened(example.words(tree));
    Cli cli;
    if (words.contains("--debug") || !example.javaOptions().isEmpty()) {
      assumeTrue(Jdb.isThere(), "no jdb: this is not a JDK");
      cli = debugged(example, words);
    } else if (words.equals(List.of("shell"))) {
      ShellProcess shell = ShellProcess.type(false, ""); // JShell reads what the process was given
      cli = new Cli(shell.exitCode(), shell.out(), shell.err());
    } else {
      if (words.size() > 3
          && words.get(1).equals("start")
          && Files.exists(tree.resolve(words.get(3)))) {
        delete(tree.resolve(words.get(3))); // another example has begun there
      }
      cli = program.run(words);
    }
    // Nothing has been written yet where a student would have.
    boolean unsolved = words.size() > 1 && words.subList(0, 2).equals(List.of("course", "check"));
    boolean isOfOtherBuild = words.contains("--spark");
    assertEquals(
        unsolved ? 4 : isOfOtherBuild ? 2 : 0,
        cli.exitCode(),
        example + " as " + words + ":\n" + cli.err() + cli.out());
    assertEquals(isOfOtherBuild, cli.err().contains("Apache Spark is not in this build"));
  }

  @Test
  void noPageIsForgotten() throws Exception {
    List<PrintedExample> examples = examples();
    for (String place :
        List.of(
            "README.md",
            "docs/running.md",
            "docs/one-update.md",
            "grpo4j --help",
            "shell --help",
            "bench --help")) {
      assertTrue(
          examples.stream().anyMatch(example -> example.where().contains(place)), "none: " + place);
    }
    assertTrue(examples.size() > 40, "found " + examples.size());
  }

  private static Cli debugged(PrintedExample example, List<String> words) throws Exception {
    List<String> command = ExampleProcess.command(tree, Main.class);
    if (!example.javaOptions().isEmpty()) {
      command.add(1, example.javaOptions().replace("5005", "0"));
    }
    command.addAll(words);
    try (DebuggedRun run = new DebuggedRun(command, tree)) {
      return run.attachAndGoOn(example.javaOptions().isEmpty() ? "DebugStop" : "");
    }
  }

  /** The same command with less to do. */
  private static List<String> shortened(List<String> words) throws IOException {
    List<String> brief = new ArrayList<>(words);
    boolean trains = words.get(0).equals("train") && !words.contains("--resume");
    if (words.contains("--help") || words.contains("--help-config")) {
      return brief;
    }
    if (trains || words.get(0).equals("compare")) {
      brief.addAll(BRIEF);
      replace(brief, "--seeds", "1");
    } else if (words.get(0).equals("bench")) {
      brief.addAll(List.of("--updates", "2", "--warm-up", "1"));
      brief.subList(0, words.size()).removeAll(List.of("--updates", "50"));
    } else if (List.of("serve", "playground").contains(words.get(0))) {
      replace(brief, "--port", freePort());
    }
    return brief;
  }

  private static void replace(List<String> words, String option, String value) {
    int at = words.indexOf(option);
    if (at >= 0) {
      words.set(at + 1, value);
    }
  }

  /** The port of an example may be taken on the machine of the test. */
  private static String freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return String.valueOf(any.getLocalPort());
    }
  }

  /** Two variants of a definition, one seed, and nothing expected of so little. */
  private static void shorten(Path definition) throws IOException {
    String text = Files.readString(definition);
    int second = text.indexOf("- name:", text.indexOf("- name:") + 1);
    int third = text.indexOf("  - name:", second + 1);
    text =
        text.substring(0, third)
            + text.substring(text.indexOf("pictures:"), text.indexOf("  - difference"))
            + text.substring(text.indexOf("conclude:"));
    String settings = String.join(", ", BRIEF.stream().filter(one -> one.contains("=")).toList());
    text = text.replaceFirst("set: \\[.*\\]", "set: [" + settings + "]");
    Files.writeString(definition, text.replaceFirst("seeds: .*", "seeds: 1"));
  }

  /** Two stages, the second of whatever the first writes, and nothing expected of so little. */
  private static void shortenStages(Path definition) throws IOException {
    String text = Files.readString(definition);
    int third = text.indexOf("- name:", text.indexOf("- name:", text.indexOf("- name:") + 1) + 1);
    text = text.substring(0, text.lastIndexOf('\n', third)) + "\n";
    text = text.replaceAll("(train.updates|cold_start.steps)=[1-9]\\d*", "$1=2");
    text =
        text.replaceAll("problems: \\d+, samples: (\\d)", "problems: 20, samples: $1, keep: []")
            .replaceAll(", keep: \\[\\{.*?\\}\\]", "")
            .replaceFirst("set: .*\nseeds", "seeds");
    String settings = String.join(", ", BRIEF.stream().filter(one -> one.contains("=")).toList());
    text = text.replaceFirst("seeds: .*", "seeds: 1\nset: [" + settings + "]");
    Files.writeString(definition, text);
  }

  /** Both variants of a failure, nothing expected of so little, and no record to agree with. */
  private static void shortenFailure(Path definition) throws IOException {
    String text = Files.readString(definition);
    text = text.replaceAll("train.updates=\\d+", "train.updates=3");
    text = text.replaceFirst("cold_start.steps=\\d+", "cold_start.steps=20");
    Files.writeString(definition, text.replaceFirst("(?s)bands:.*?\n\n", ""));
  }

  private static List<String> brief(int updates, int coldStart, String... more) {
    List<String> settings =
        new ArrayList<>(List.of("train.updates=" + updates, "cold_start.steps=" + coldStart));
    settings.addAll(Arrays.asList(more));
    List<String> words = new ArrayList<>();
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    return List.copyOf(words);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (!Files.isDirectory(target)) {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
