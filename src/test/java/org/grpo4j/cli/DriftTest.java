package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bits of the default run do not drift. Its first 20 updates, after a short cold start, are
 * recorded in {@code drift.txt} as a hash for each, apart for each kind: the kernels, the system,
 * the architecture and the JDK. Two processors of one kind compute the same bits: the kernels in
 * Java add in an order that depends on the vectors' width alone, and OpenBLAS, which would choose
 * by the processor, is told what to take. A kind that is not in the record is said and no failure.
 */
class DriftTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RECORD = Path.of("src/test/resources/drift.txt");
  private static final String UPDATE = "drift.update";
  private static final String COMMAND = "./mvnw test -Dtest=DriftTest -Ddrift.update=true";
  private static final int UPDATES = 20;
  private static final int HASH_BYTES = 6;
  private static final String HEAD =
      """
      # The first 20 updates of experiments/think-add.yaml after a cold start of 40 steps: the number
      # of the update and the first twelve digits of the SHA-256 of its digest in the trace. A kind of
      # machine has the same bits whatever the processor; OpenBLAS's kernels are named, for they are
      # chosen. Renewed, for the kinds that this machine and this JDK have, by
      #     %s
      """
          .formatted(COMMAND);

  /** OpenBLAS's kernels for SSE4.2, which every x86-64 processor of today can run. */
  private static final String OPENBLAS = "Nehalem";

  private static final Pattern OPENBLAS_SAYS = Pattern.compile("(?m)^Core: (\\S+)$");
  private static final List<String> RUN =
      List.of(
          "train",
          "think-add",
          "--quiet",
          "--set",
          "cold_start.steps=40",
          "--set",
          "cold_start.corpus_size=1000",
          "--set",
          "train.updates=" + UPDATES,
          "--set",
          "evaluation={problems: 1, final_problems: 1, final_samples: 1, examples: 1}");

  private static final String IGNORE = "-XX:+IgnoreUnrecognizedVMOptions"; // on other architectures

  /** Options of the JVM that give another processor's kernels on one that has more. */
  private static final Map<String, List<String>> PROCESSORS =
      Map.of(
          "this", List.of(),
          "AVX2", List.of(IGNORE, "-XX:UseAVX=2"),
          "no vectors", List.of(IGNORE, "-XX:UseAVX=0"));

  @TempDir Path directory;

  @Test
  void theDefaultRunHasTheBitsOfTheRecord(TestReporter reporter) throws Exception {
    SortedMap<String, List<String>> now = runAll();
    SortedMap<String, List<String>> record = read();
    if (Boolean.getBoolean(UPDATE)) {
      record.keySet().stream()
          .filter(kind -> !now.containsKey(kind))
          .forEach(kind -> reporter.publishEntry("drift", kind + ": not renewed, not to be had"));
      record.putAll(now);
      write(record);
    }
    List<String> differences = new ArrayList<>();
    now.forEach(
        (kind, lines) -> {
          if (record.containsKey(kind)) {
            firstDifference(record.get(kind), lines).ifPresent(d -> differences.add(kind + d));
          } else {
            reporter.publishEntry("drift", kind + ": not in " + RECORD + ", nothing is compared");
          }
        });
    if (!differences.isEmpty()) {
      fail(
          "The bits of the default run have changed.\n"
              + String.join("\n", differences)
              + "\nIf they were meant to change: "
              + COMMAND);
    }
  }

  /** No sum of the kernels is taken across the lanes of a vector. */
  @Test
  void theWidthOfVectorsChangesNoBit() throws Exception {
    List<List<String>> withVectors =
        read().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("Vector API"))
            .map(Map.Entry::getValue)
            .toList();
    assertTrue(withVectors.size() > 1);
    assertEquals(1, withVectors.stream().distinct().count());
  }

  /** The lines of the record for each kind that can be had here; the processes run side by side. */
  private SortedMap<String, List<String>> runAll() throws Exception {
    Map<Path, Process> processes = new LinkedHashMap<>();
    SortedMap<String, List<String>> now = new TreeMap<>();
    try {
      for (Map.Entry<String, List<String>> processor : PROCESSORS.entrySet()) {
        Path runs = Files.createDirectories(directory.resolve(processor.getKey()));
        processes.put(runs, start(runs, processor.getValue()));
      }
      for (Map.Entry<Path, Process> process : processes.entrySet()) {
        int exit = process.getValue().waitFor();
        String said = Files.readString(process.getKey().resolve("said.txt"));
        assertEquals(0, exit, said);
        Path run = run(process.getKey());
        now.put(kind(run, said), lines(run));
      }
    } finally {
      processes.values().forEach(Process::destroyForcibly);
    }
    return now;
  }

  /** Options count where they come last. */
  private static Process start(Path runs, List<String> options) throws IOException {
    List<String> words = ExampleProcess.command(Path.of("").toAbsolutePath(), Main.class);
    words.addAll(words.lastIndexOf("-cp"), options);
    words.addAll(RUN);
    words.addAll(List.of("--out", runs.toString()));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("OPENBLAS_CORETYPE", OPENBLAS);
    builder.environment().put("OPENBLAS_VERBOSE", "2"); // says whether it followed
    return builder.redirectOutput(runs.resolve("said.txt").toFile()).start();
  }

  private static Path run(Path runs) throws IOException {
    try (Stream<Path> paths = Files.list(runs)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith("think-add__"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String kind(Path run, String said) throws IOException {
    JsonNode machine = JSON.readTree(Files.readString(run.resolve("manifest.json"))).at("/machine");
    String kernels = machine.path("kernels").asText();
    if (kernels.startsWith("OpenBLAS")) {
      Matcher core = OPENBLAS_SAYS.matcher(said);
      kernels = kernels.replace("OpenBLAS", "OpenBLAS for " + (core.find() ? core.group(1) : "?"));
    }
    String system = machine.path("os").asText().split(" ")[0];
    String architecture = machine.path("architecture").asText();
    return "%s; %s, %s, JDK %d"
        .formatted(kernels, system, architecture, Runtime.version().feature());
  }

  private static List<String> lines(Path run) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("trace/updates.jsonl"))) {
      JsonNode update = JSON.readTree(line);
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(update.required("digest").toString().getBytes(StandardCharsets.UTF_8));
      String digits = HexFormat.of().formatHex(hash, 0, HASH_BYTES);
      lines.add(update.required("update").asText() + " " + digits);
    }
    assertEquals(UPDATES, lines.size());
    return lines;
  }

  private static Optional<String> firstDifference(List<String> recorded, List<String> now) {
    for (int i = 0; i < Math.max(recorded.size(), now.size()); i++) {
      String before = i < recorded.size() ? recorded.get(i) : "no line";
      String after = i < now.size() ? now.get(i) : "no line";
      if (!before.equals(after)) {
        String where = ": update " + i + " is the first that differs";
        return Optional.of(where + " (recorded: " + before + "; now: " + after + ")");
      }
    }
    return Optional.empty();
  }

  /** {@code [kind]}, then a line for each update. */
  private static SortedMap<String, List<String>> read() throws IOException {
    SortedMap<String, List<String>> record = new TreeMap<>();
    List<String> section = List.of();
    for (String line : Files.exists(RECORD) ? Files.readAllLines(RECORD) : List.<String>of()) {
      if (line.startsWith("[")) {
        section =
            record.computeIfAbsent(line.substring(1, line.length() - 1), k -> new ArrayList<>());
      } else if (!line.startsWith("#") && !line.isBlank()) {
        section.add(line);
      }
    }
    return record;
  }

  private static void write(SortedMap<String, List<String>> record) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    record.forEach(
        (kind, lines) ->
            text.append("\n[" + kind + "]\n").append(String.join("\n", lines)).append("\n"));
    Files.writeString(RECORD, text);
  }
}
