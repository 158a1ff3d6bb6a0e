package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on with other kernels mixes their bits: that is said and written down. */
class ResumedElsewhereTest {

  private static final String TINY =
      """
      name: tiny
      task: think-add
      model: {width: 16, heads: 2, feed_forward: 32}
      cold_start: {steps: 5, corpus_size: 50}
      train: {updates: 1, prompts: 4, group_size: 4}
      evaluation: {problems: 24, final_problems: 6, final_samples: 4, examples: 2}
      """;

  @TempDir Path directory;

  @Test
  void otherCircumstancesAreSaidAndWrittenDown() throws Exception {
    Path run = train();
    String kernels = manifest(run).at("/machine/kernels").asText();
    Cli same = Cli.run("train", "--resume", run.toString(), "--set", "train.updates=2");
    assertEquals(0, same.exitCode(), same.err());
    assertFalse(same.err().contains("not as before"), same.err());

    List<String> words = ExampleProcess.command(Path.of("").toAbsolutePath(), Main.class);
    words.addAll(1, List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=0"));
    words.addAll(List.of("train", "--resume", run.toString(), "--set", "train.updates=3"));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    JsonNode resumed = manifest(run).path("resumed");
    String now = resumed.at("/1/machine/kernels").asText();
    Assumptions.assumeFalse(now.equals(kernels), "these options change nothing on this machine");
    String difference = "kernels: " + kernels + " in the run, " + now + " here";
    assertTrue(resumed.at("/0/differences").isEmpty(), resumed.toString());
    assertEquals(difference, resumed.at("/1/differences/0").asText());
    assertTrue(said.contains("not as before, so last digits may differ"), said);
    assertTrue(Files.readString(run.resolve("log.txt")).contains(difference));
  }

  private Path train() throws IOException {
    Path file = Files.writeString(directory.resolve("tiny.yaml"), TINY);
    Cli train = Cli.run("train", file.toString(), "--out", directory.toString());
    assertEquals(0, train.exitCode(), train.err());
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith("tiny__"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static JsonNode manifest(Path run) throws IOException {
    return new ObjectMapper().readTree(Files.readString(run.resolve("manifest.json")));
  }
}
