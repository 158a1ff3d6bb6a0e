package org.grpo4j.experiment.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grpo4j.experiment.config.ConfigSource;
import org.grpo4j.experiment.files.MetricsReader;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.SealedFiles;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;

/**
 * Reads what a finished run left in its directory. Of thousands of runs, {@link RunStore} does it
 * one by one.
 */
public final class RunReader {

  /** Without these columns there is nothing to draw a curve over. */
  private static final List<String> NEEDED =
      List.of(
          Metric.UPDATES_DONE.key(),
          Metric.COMPLETIONS.key(),
          Metric.TOKENS.key(),
          Metric.STEP_TIME.key());

  private RunReader() {}

  /**
   * The run in {@code directory}.
   *
   * @throws IOException if a file is missing or is not what a run writes; the message names it
   */
  public static FinishedRun read(Path directory) throws IOException {
    RunDirectory run = RunDirectory.open(directory);
    SealedFiles files = run.sealed();
    files.text(run.config());
    JsonNode manifest = files.json(run.manifest());
    String commit = manifest.path("git_commit").asText("");
    Map<String, String> settings = new ConfigSource(List.of()).file(run.config()).flat();
    settings.remove("seed");
    FinishedRun.Provenance provenance =
        new FinishedRun.Provenance(
            manifest.path("config_sha256").asText(""),
            manifest.path("grpo4j_version").asText("") + (commit.isEmpty() ? "" : " " + commit),
            manifest.path("machine").path("processor").asText(""),
            manifest.path("workers").asInt(),
            settings);
    Map<String, Double> summary = new LinkedHashMap<>();
    flatten(files.json(run.summary()), "", summary);
    return new FinishedRun(
        manifest.path("seed").asLong(),
        directory,
        provenance,
        RunNumbers.of(summary, columns(run)));
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

  private static Map<String, DoubleVector> columns(RunDirectory run) throws IOException {
    Map<String, DoubleVector> columns = MetricsReader.read(run);
    if (columns.isEmpty()) {
      return columns; // a stage of supervised fine-tuning alone
    }
    for (String needed : NEEDED) {
      if (!columns.containsKey(needed)) {
        throw new IOException(run.metricsJsonLines() + ": has no column " + needed);
      }
    }
    columns.put(FinishedRun.TRAINING_SECONDS, trainingSeconds(columns));
    return columns;
  }

  private static DoubleVector trainingSeconds(Map<String, DoubleVector> columns) {
    double[] seconds = Objects.requireNonNull(columns.get(Metric.STEP_TIME.key())).toArray();
    DoubleVector trace =
        columns.getOrDefault(Metric.TIME_TRACE.key(), DoubleVector.constant(seconds.length, 0));
    for (int row = 0; row < seconds.length; row++) {
      seconds[row] -= Double.isNaN(trace.get(row)) ? 0 : trace.get(row);
    }
    return DoubleVector.of(seconds);
  }
}
