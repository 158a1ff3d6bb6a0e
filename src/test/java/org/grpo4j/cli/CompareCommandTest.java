package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small comparisons by the real program, each run in a process of its own. */
class CompareCommandTest {

  private static final String TINY =
      """
      name: tiny
      task: think-add
      model: {width: 16, heads: 2, feed_forward: 32}
      cold_start: {steps: 10, corpus_size: 200}
      train: {updates: 4, prompts: 4, group_size: 4}
      evaluation: {every: 2, problems: 16, final_problems: 4, final_samples: 4}
      """;

  private static final String DEFINITION =
      """
      name: groups
      question: Which group size?
      base: tiny.yaml
      seeds: "1"
      variants:
        - {name: G 4}
        - {name: G 8, set: [train.group_size=8, train.prompts=2]}
      bands:
        - {kind: within, measure: length, min: 1, max: 9}
      """;

  @TempDir Path directory;

  @Test
  void comparesReusesAndListsFailures() throws IOException {
    Path tiny = write("tiny.yaml", TINY);
    Path broken = write("broken.yaml", TINY + "checkpoints: {every: 1}\n");
    Cli first = compare("A=" + tiny, "--seeds", "1", "--json", "--quiet");
    assertEquals(0, first.exitCode(), first.err());
    JsonNode json = new ObjectMapper().readTree(first.out());
    assertEquals("greedy", json.path("measures").get(0).path("measure").path("name").asText());
    assertTrue(json.path("notes").get(0).asText().contains("1 made now, 0 reused"));
    assertEquals("greedy", json.path("primary").asText());
    assertTrue(json.path("clock").path("ratios").has("A"));

    Cli second =
        compare("A=" + tiny, "B=" + broken, "--seeds", "1-2", "--out", directory + "/shown");
    assertEquals(0, second.exitCode(), second.err());
    assertTrue(second.err().contains("3 runs to make; 1 reused"), second.err());
    assertEquals(
        List.of("B seed 1", "A seed 2", "B seed 2"), // seed after seed
        second
            .err()
            .lines()
            .filter(line -> line.startsWith("["))
            .map(line -> line.replaceAll("^\\S+ |:.*", ""))
            .toList());
    assertTrue(second.out().contains("checkpoints.every"), second.out());
    assertTrue(
        second.out().lines().toList().get(1).startsWith("Primary row: Greedy accuracy, held out"));
    try (Stream<Path> traces = Files.list(directory.resolve("runs"))) {
      assertEquals(
          List.of("A__1", "B__1"),
          traces
              .filter(run -> Files.exists(run.resolve("trace")))
              .map(run -> run.getFileName().toString().replaceAll("__[^_]*$", ""))
              .sorted()
              .toList());
    }
    assertTrue(Files.readString(directory.resolve("shown/report.html")).contains("A against B"));

    Cli third = compare("A=" + tiny, "B=" + broken, "--seeds", "1-2");
    assertTrue(third.err().contains("0 runs to make; 4 reused"), third.err());
    assertEquals(numbers(second.out()), numbers(third.out()));
  }

  @Test
  void aDefinitionIsRunRecordedAndChecked() throws IOException {
    write("tiny.yaml", TINY);
    Path definition = write("groups.yaml", DEFINITION);
    assertEquals(2, experiment(definition, "--check").exitCode());
    Cli recorded = experiment(definition, "--record", "--jobs", "2");
    assertEquals(0, recorded.exitCode(), recorded.err());
    assertTrue(recorded.out().contains("length of G 8"), recorded.out());
    assertTrue(Files.exists(directory.resolve("groups.json")));
    assertTrue(Files.exists(directory.resolve("groups-reward-over-completions.svg")));
    String page = Files.readString(directory.resolve("groups.md"));
    assertTrue(page.contains("2 of 2 expectations held"), page);
    assertTrue(page.contains("| `train.group_size` | 4 | 8 |"), page);
    assertFalse(Files.exists(directory.resolve("README.md")), "the index is the project's");

    Cli checked = experiment(definition, "--check", "--fresh", "--jobs", "2");
    assertEquals(0, checked.exitCode(), checked.out() + checked.err());
    assertTrue(
        checked.out().contains(" that differ by no more than chance 0, that have changed 0."));

    write("groups.yaml", DEFINITION + "pictures: [nothing]\n");
    Cli unknown = experiment(definition, "--record");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.err().contains("pictures: must be among"), unknown.err());

    write("groups.yaml", DEFINITION.replace("max: 9", "max: 2"));
    Cli violated = experiment(definition);
    assertEquals(4, violated.exitCode());
    assertTrue(violated.out().contains("VIOLATED"), violated.out());
  }

  @Test
  void mistakesAreFoundBeforeAnythingRuns() throws IOException {
    Path tiny = write("tiny.yaml", TINY);
    assertUsage("two are called tiny", tiny.toString(), tiny.toString());
    assertUsage("--seeds: a range must go upwards", tiny.toString(), "--seeds", "3-1");
    assertUsage("--jobs: must be from 1", tiny.toString(), "--jobs", "0");
    assertUsage("train.updates: must be at least 0", tiny.toString(), "--set", "train.updates=-1");
    assertUsage("there is no such file", "nowhere.yaml");
    assertUsage("Missing required parameter");
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @Test
  void theDefinitionsOfTheProjectAreListed() {
    Cli list = Cli.run("experiment");
    assertEquals(0, list.exitCode(), list.err());
    assertTrue(list.out().contains("e2-group-size"), list.out());
    assertTrue(Cli.run("experiment", "--help-definition").out().contains("other_variant"));
  }

  private void assertUsage(String message, String... arguments) {
    Cli cli = compare(arguments);
    assertEquals(2, cli.exitCode());
    assertTrue(cli.err().contains(message), cli.err());
    assertEquals("", cli.out());
  }

  private Cli compare(String... arguments) {
    List<String> all = new ArrayList<>(List.of("compare", "--runs", directory + "/runs"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private Cli experiment(Path definition, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("experiment", definition.toString(), "--runs", directory + "/runs"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** What the text says without the notes, which tell how it came about. */
  private static List<String> numbers(String text) {
    return text.lines().filter(line -> !line.startsWith("Note:")).toList();
  }
}
