package org.grpo4j.experiment.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.config.ConfigNode;
import org.grpo4j.experiment.config.ConfigSource;
import org.grpo4j.math.DoubleVector;

/** Reads what a finished run left in its directory. */
public final class RunReader {

  private static final String CONFIG = "config.yaml";
  private static final String MANIFEST = "manifest.json";
  private static final String METRICS = "metrics.jsonl";
  private static final String SUMMARY = "summary.json";

  /** Without these columns there is nothing to draw a curve over. */
  private static final List<String> NEEDED =
      List.of(
          MetricNames.UPDATES_DONE,
          MetricNames.COMPLETIONS,
          MetricNames.TOKENS,
          MetricNames.STEP_SECONDS);

  private static final ObjectMapper JSON = new ObjectMapper();

  private RunReader() {}

  /**
   * The run in {@code directory}.
   *
   * @throws IOException if a file is missing or is not what a run writes; the message names it
   */
  public static FinishedRun read(Path directory) throws IOException {
    JsonNode manifest = object(directory.resolve(MANIFEST));
    String commit = manifest.path("git_commit").asText("");
    FinishedRun.Provenance provenance =
        new FinishedRun.Provenance(
            manifest.path("config_sha256").asText(""),
            manifest.path("grpo4j_version").asText("") + (commit.isEmpty() ? "" : " " + commit),
            manifest.path("machine").path("processor").asText(""),
            manifest.path("workers").asInt());
    Map<String, Double> summary = new LinkedHashMap<>();
    flatten(object(directory.resolve(SUMMARY)), "", summary);
    Map<String, String> settings = new LinkedHashMap<>();
    flatten(new ConfigSource(List.of()).file(directory.resolve(CONFIG)), "", settings);
    return new FinishedRun(
        manifest.path("seed").asLong(),
        directory,
        provenance,
        settings,
        summary,
        columns(directory.resolve(METRICS)));
  }

  /** {@code {"pass@1": {"value": 0.9, "n": 100}}} becomes {@code pass@1} and {@code pass@1/n}. */
  private static void flatten(JsonNode node, String path, Map<String, Double> numbers) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      boolean isValue = entry.getKey().equals("value") && !path.isEmpty();
      String key = isValue ? path : path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey();
      if (entry.getValue().isObject()) {
        flatten(entry.getValue(), key, numbers);
      } else if (entry.getValue().isNumber()) {
        numbers.put(key, entry.getValue().asDouble());
      }
    }
  }

  private static void flatten(ConfigNode node, String path, Map<String, String> settings) {
    if (node instanceof ConfigNode.Section section) {
      section
          .entries()
          .forEach(
              (key, entry) ->
                  flatten(entry.value(), path.isEmpty() ? key : path + "." + key, settings));
    } else if (node instanceof ConfigNode.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        flatten(sequence.items().get(i), path + "[" + i + "]", settings);
      }
    } else if (node instanceof ConfigNode.Scalar scalar) {
      settings.put(path, scalar.text());
    }
  }

  private static Map<String, DoubleVector> columns(Path file) throws IOException {
    Map<String, double[]> columns = new LinkedHashMap<>();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(JSON.readTree(line));
    }
    for (int row = 0; row < rows.size(); row++) {
      for (Map.Entry<String, JsonNode> cell : rows.get(row).properties()) {
        if (cell.getValue().isNumber()) {
          columns.computeIfAbsent(cell.getKey(), name -> unmeasured(rows.size()))[row] =
              cell.getValue().asDouble();
        }
      }
    }
    for (String needed : NEEDED) {
      if (!columns.containsKey(needed)) {
        throw new IOException(file + ": has no column " + needed);
      }
    }
    columns.put(MetricNames.TRAINING_SECONDS, trainingSeconds(columns));
    Map<String, DoubleVector> vectors = new LinkedHashMap<>();
    columns.forEach((name, values) -> vectors.put(name, DoubleVector.of(values)));
    return vectors;
  }

  private static double[] trainingSeconds(Map<String, double[]> columns) {
    double[] step = columns.getOrDefault(MetricNames.STEP_SECONDS, new double[0]);
    double[] trace = columns.getOrDefault(MetricNames.TRACE_SECONDS, new double[step.length]);
    double[] seconds = new double[step.length];
    for (int row = 0; row < seconds.length; row++) {
      seconds[row] = step[row] - (Double.isNaN(trace[row]) ? 0 : trace[row]);
    }
    return seconds;
  }

  private static double[] unmeasured(int rows) {
    double[] values = new double[rows];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static JsonNode object(Path file) throws IOException {
    JsonNode node = JSON.readTree(Files.readString(file));
    if (!node.isObject()) {
      throw new IOException(file + ": not a JSON object");
    }
    return node;
  }
}
