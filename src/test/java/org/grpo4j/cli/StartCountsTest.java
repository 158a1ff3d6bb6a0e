package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.policy.network.NetworkPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start and an update cost, in counts, which no other work on a machine makes larger: the
 * classes that are loaded, the bytes that are allocated and written. The bounds are a tenth above
 * what was counted; whoever exceeds one knows what for, or finds out here.
 */
class StartCountsTest {

  private static final int CLASSES_OF_HELP = 1650;
  private static final int CLASSES_OF_A_TABLE = 4600;
  private static final int CLASSES_OF_A_NETWORK = 4800;
  private static final double BYTES_ALLOCATED = 2_450_000;
  private static final double BYTES_WRITTEN = 20_100;

  private static final List<String> SHORT =
      List.of(
          "train",
          "--quiet",
          "--set",
          "cold_start={steps: 3, corpus_size: 64, batch_size: 16}",
          "--set",
          "train={updates: 2, prompts: 4, group_size: 4}",
          "--set",
          "evaluation={problems: 8, final_problems: 4, final_samples: 2, examples: 1}");

  @TempDir Path directory;

  @Test
  void helpLoadsNothingThatTrains() throws Exception {
    List<String> loaded = loadedBy(List.of("--help"));
    assertAtMost(CLASSES_OF_HELP, loaded.size(), "classes of --help");
    assertEquals(0, count(loaded, "org.nd4j."));
    assertEquals(0, count(loaded, "org.bytedeco."));
    assertEquals(0, count(loaded, "com.fasterxml.jackson.databind.ObjectMapper "));
  }

  @Test
  void aTableIsTrainedWithoutTheLibrariesOfNetworks() throws Exception {
    List<String> loaded =
        loadedBy(
            with(
                SHORT, "--set", "task=few-sums", "--set", "model={kind: table}", "--out", "table"));
    assertAtMost(CLASSES_OF_A_TABLE, loaded.size(), "classes of a table");
    assertEquals(0, count(loaded, "org.nd4j."));
    assertEquals(0, count(loaded, "org.bytedeco."));
  }

  @Test
  void aNetworkLoadsNoMoreThanItDid() throws Exception {
    List<String> loaded = loadedBy(with(SHORT, "--out", "network"));
    assertAtMost(CLASSES_OF_A_NETWORK, loaded.size(), "classes of a network");
    if (NetworkPolicies.fastKernelsAreJava()) {
      assertEquals(0, count(loaded, "org.nd4j."));
      assertEquals(0, count(loaded, "org.bytedeco."));
    }
  }

  @Test
  void anUpdateWritesNoMoreThanItDid() throws Exception {
    long two = written("two", 2);
    long six = written("six", 6);
    assertAtMost(BYTES_WRITTEN, (six - two) / 4.0, "bytes written by an update");
  }

  /** In the interpreter, which allocates what the source says. */
  @Test
  void anUpdateAllocatesNoMoreThanItDid() throws Exception {
    String said =
        run(
            List.of("-Xint"),
            List.of(
                "bench",
                "--json",
                "--workers",
                "1",
                "--updates",
                "4",
                "--warm-up",
                "2",
                "--force-length",
                "--set",
                "task=few-sums",
                "--set",
                "model={kind: table}",
                "--set",
                "cold_start.steps=0"));
    String json = said.substring(said.indexOf('{'));
    double allocated =
        new ObjectMapper().readTree(json).path("allocated_bytes_per_update").asDouble();
    assertTrue(allocated > 0, said);
    assertAtMost(BYTES_ALLOCATED, allocated, "bytes allocated by an update");
  }

  private long written(String name, int updates) throws Exception {
    run(List.of(), with(SHORT, "--set", "train.updates=" + updates, "--out", name));
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory.resolve(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String relative = directory.resolve(name).relativize(file).toString();
        if (relative.contains("trace") || relative.endsWith("metrics.jsonl")) {
          bytes += Files.size(file);
        }
      }
    }
    return bytes;
  }

  private List<String> loadedBy(List<String> arguments) throws Exception {
    Path log = directory.resolve("classes.txt");
    run(List.of("-Xlog:class+load:file=" + log, "-Xshare:auto"), arguments);
    return Files.readAllLines(log);
  }

  private String run(List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> words = ExampleProcess.command(Path.of("").toAbsolutePath(), Main.class);
    words.addAll(1, options);
    words.addAll(arguments);
    Process process =
        new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  private static long count(List<String> lines, String name) {
    return lines.stream().filter(line -> line.contains(" " + name)).count();
  }

  private static void assertAtMost(double bound, double counted, String what) {
    assertTrue(
        counted <= bound && counted > bound * 0.5,
        "%s: %.0f, at most %.0f and not so few that the bound says nothing"
            .formatted(what, counted, bound));
  }
}
