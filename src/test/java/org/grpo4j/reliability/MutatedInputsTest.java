package org.grpo4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.grpo4j.cli.Cli;
import org.grpo4j.experiment.files.AtomicFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input costs one sentence that names it: no stack trace, no half a run, no hang. */
class MutatedInputsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_NANOS = 20_000_000_000L;
  private static final Path EXPERIMENTS = Path.of("experiments").toAbsolutePath();
  private static final String SMALL =
      "name: small\ntask: few-sums\nworkers: 1\nmodel: {width: 4, heads: 1, feed_forward: 4}\n";

  /** Whatever a mutation says about the size of a run. */
  private static final List<String> TINY =
      List.of(
          "cold_start.steps=0",
          "train.updates=1",
          "train.prompts=4",
          "evaluation.problems=2",
          "evaluation.final_problems=1",
          "evaluation.final_samples=1",
          "workers=1");

  @TempDir Path directory;

  @Test
  void experimentFiles() throws IOException {
    Tally tally = Tally.of("mutated experiment file or preset");
    Mutations mutations = new Mutations(1);
    List<String> presets = accepted();
    for (int i = 0; i < Tally.count(2500); i++) {
      String preset = mutations.one(presets);
      boolean base = mutations.number(3) == 0;
      String experiment =
          base ? mutations.of(SMALL + "extends: preset.yaml\n") : SMALL + "extends: preset.yaml\n";
      Path file = write("small.yaml", experiment);
      String text = base ? preset : mutations.of(preset);
      write("preset.yaml", text);
      tally.add(
          shown(base ? experiment : text), train(file, List.of(".yaml", "setting"), List.of()));
    }
    tally.conclude();
  }

  /** The control: presets that can be trained as they are. */
  private List<String> accepted() throws IOException {
    List<String> presets = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXPERIMENTS.resolve("presets"))) {
      for (Path file : files.sorted().toList()) {
        presets.add(
            Files.readString(file).replace("extends: ", "extends: " + file.getParent() + "/"));
        write("preset.yaml", presets.get(presets.size() - 1));
        Path experiment = write("small.yaml", SMALL + "extends: preset.yaml\n");
        assertEquals("", train(experiment, List.of(), List.of()), file.toString());
        assertEquals(0, last.exitCode(), file + ": " + last.err());
      }
    }
    return presets;
  }

  @Test
  void settings() throws IOException {
    Tally tally = Tally.of("mutated --set");
    Mutations mutations = new Mutations(2);
    List<String> keys =
        Pattern.compile("`([a-z_.]+)`")
            .matcher(Files.readString(Path.of("docs/configuration.md")))
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    List<String> sections = List.of("", "train.", "objective.", "cold_start.", "evaluation.");
    Path file = write("small.yaml", SMALL);
    for (int i = 0; i < Tally.count(2500); i++) {
      String setting =
          mutations.one(sections) + mutations.one(keys) + "=" + mutations.one(Mutations.ODD);
      setting = mutations.number(4) == 0 ? mutations.of(setting) : setting;
      tally.add(
          shown(setting),
          train(file, List.of("--set", setting.replaceAll("[=\\s].*", "")), List.of(setting)));
    }
    tally.conclude();
  }

  private Cli last = new Cli(0, "", "");

  /** Trains one update if it is accepted; refused, it names one of {@code names}. */
  private String train(Path file, List<String> names, List<String> settings) throws IOException {
    List<String> words = new ArrayList<>(List.of("train", file.toString(), "--quiet"));
    words.addAll(List.of("--out", directory.resolve("runs").toString()));
    Stream.concat(TINY.stream(), settings.stream())
        .forEach(one -> words.addAll(List.of("--set", one)));
    String problem = run(List.of(0, 2, 3, 130), names, words);
    Optional<Path> made = TinyRuns.run(directory.resolve("runs"));
    if (problem.isEmpty() && last.exitCode() == 2 && made.isPresent()) {
      problem = "half a run is left: " + last.err();
    }
    AtomicFiles.deleteDirectory(directory.resolve("runs"));
    return problem;
  }

  private String run(List<Integer> allowed, List<String> names, List<String> words) {
    long start = System.nanoTime();
    last =
        Cli.stopping(
            () -> System.nanoTime() - start > MOST_NANOS / 4, words.toArray(String[]::new));
    if (System.nanoTime() - start > MOST_NANOS) {
      return "took more than " + MOST_NANOS / 1_000_000_000 + " s";
    }
    String problem = Answers.problem(last, allowed);
    boolean named =
        last.exitCode() != 2 || names.isEmpty() || names.stream().anyMatch(last.err()::contains);
    return problem.isEmpty() && !named ? "does not name the file or key: " + last.err() : problem;
  }

  @Test
  void vectorFiles() throws IOException {
    Tally tally = Tally.of("mutated file of reference vectors");
    Mutations mutations = new Mutations(3);
    List<String> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        ObjectNode whole = (ObjectNode) JSON.readTree(file.toFile());
        for (JsonNode one : whole.get("cases")) {
          ObjectNode alone = whole.deepCopy();
          alone.putArray("cases").add(one);
          cases.add(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(alone));
        }
      }
    }
    for (int i = 0; i < Tally.count(1500); i++) {
      String text = mutations.of(mutations.one(cases));
      Path file = write("vectors.json", text);
      tally.add(
          shown(text),
          run(List.of(0, 2, 4), List.of("vectors.json"), List.of("verify", file.toString())));
    }
    tally.conclude();
  }

  @Test
  void definitions() throws IOException {
    Tally tally = Tally.of("mutated definition of a recorded experiment");
    Mutations mutations = new Mutations(4);
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXPERIMENTS.resolve("recorded"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        texts.add(Files.readString(file).replace("../", EXPERIMENTS + "/"));
      }
    }
    String runs = directory.resolve("runs").toString();
    for (int i = 0; i < Tally.count(1000); i++) {
      String text = mutations.of(mutations.one(texts));
      Path file = write("definition.yaml", text);
      // There is no result to compare with, so that an accepted definition is refused before it
      // runs.
      List<String> words = List.of("experiment", file.toString(), "--check", "--runs", runs);
      tally.add(shown(text), run(List.of(2), List.of(".yaml", directory.toString()), words));
    }
    tally.conclude();
  }

  @Test
  void commandLines() throws IOException {
    Tally tally = Tally.of("drawn command line");
    Mutations mutations = new Mutations(5);
    CommandLines lines = new CommandLines(mutations, directory);
    for (int i = 0; i < Tally.count(1500); i++) {
      List<String> words = lines.draw();
      tally.add(shown(words.toString()), run(List.of(0, 2, 4, 130), List.of(), words));
    }
    tally.conclude();
  }

  @Test
  void metadataOfCheckpoints() throws IOException {
    Tally tally = Tally.of("mutated metadata of a checkpoint");
    Mutations mutations = new Mutations(6);
    Path run =
        TinyRuns.whole(TinyRuns.experiment(directory, TinyRuns.Kind.PPO), directory.resolve("one"));
    List<String> names = List.of("state.json", "trainer.json");
    for (int i = 0; i < Tally.count(1000); i++) {
      Path file = run.resolve("checkpoints/update-000004").resolve(mutations.one(names));
      String before = Files.readString(file);
      Files.writeString(file, mutations.of(before));
      List<String> words =
          List.of(mutations.number(2) == 0 ? "eval" : "check", run.toString(), "--quiet");
      String problem = run(List.of(0, 2, 4), List.of(file.getFileName().toString()), words);
      boolean warned = (last.out() + last.err()).contains(file.getFileName().toString());
      tally.add(
          file + ": " + shown(Files.readString(file, StandardCharsets.ISO_8859_1)),
          problem.isEmpty() && !warned
              ? words.get(0) + " does not name it: " + last.out()
              : problem);
      Files.writeString(file, before);
    }
    tally.conclude();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String shown(String text) {
    String line = text.replace("\n", "\\n").replace("\u0000", "\\0");
    return line.length() < 500
        ? line
        : line.substring(0, 250) + " ... " + line.substring(line.length() - 250);
  }
}
