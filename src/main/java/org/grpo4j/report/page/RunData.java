package org.grpo4j.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.ObjectiveConfig;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.ConfigNode;
import org.grpo4j.experiment.config.ConfigSource;
import org.grpo4j.experiment.config.RecordBinder;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.MetricsReader;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.SealedFiles;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;

/** The data of a run on the page: settings, results, curves and traced updates, as JSON. */
public final class RunData {

  /** The metrics that are drawn. */
  private static final List<String> METRICS =
      List.of(
          Metric.UPDATE.key(),
          Metric.UPDATES_DONE.key(),
          Metric.REWARD.key(),
          Metric.MEAN_LENGTH.key(),
          Metric.TRUNCATED.key(),
          Metric.ENTROPY.key(),
          Metric.KL.key(),
          Metric.APPROX_KL.key(),
          Metric.DEAD_GROUPS.key(),
          Metric.CLIP_LOW.key(),
          Metric.CLIP_HIGH.key(),
          Metric.GRAD_NORM.key(),
          Metric.EXPLAINED_VARIANCE.key(),
          Metric.DEAD_EXPERTS.key(),
          Metric.GREEDY.key(),
          Metric.GREEDY_LOWER.key(),
          Metric.GREEDY_UPPER.key(),
          Metric.EVAL_READABLE.key());

  /** Those of which everything with a label is. */
  private static final List<Metric> BY_LABEL =
      List.of(Metric.REWARD, Metric.GREEDY, Metric.EXPERT_LOAD);

  /**
   * The algorithm of a run, apart from everything else of its experiment.
   *
   * @param advantage how rewards become advantages
   * @param objective how advantages become a loss
   */
  public record Algorithm(
      @Setting(value = "How rewards become advantages.", byDefault = "group-relative")
          AdvantageEstimator advantage,
      @Setting("How advantages become a loss.") ObjectiveConfig objective) {}

  private final RunDirectory run;
  private final SealedFiles files;
  private final List<String> notices = new ArrayList<>();

  RunData(RunDirectory run) throws IOException {
    this.run = run;
    this.files = run.sealed();
  }

  /**
   * Everything, read now; what is not there yet is left out, and so is what is damaged, which is
   * said. Without a configuration there is no page.
   *
   * @param mostTrace how many characters the traced updates may take
   */
  ObjectNode json(long mostTrace) throws IOException {
    files.text(run.config()); // as the run wrote it
    ConfigNode.Section config = new ConfigSource(List.of()).file(run.config());
    Map<String, String> settings = config.flat();
    JsonNode manifest = readIfThere(run.manifest());
    JsonNode summary = readIfThere(run.summary());
    ObjectNode json = Json.object();
    json.put("name", settings.getOrDefault("name", "run"));
    json.put("seed", settings.getOrDefault("seed", ""));
    json.put("directory", String.valueOf(run.path().toAbsolutePath().normalize().getFileName()));
    json.put("status", summary.path("status").asText("running"));
    json.put("provenance", provenance(manifest));
    if (summary.has("parameters")) {
      json.set("parameters", summary.get("parameters"));
    }
    ObjectNode settingsNode = json.putObject("settings");
    settings.forEach(settingsNode::put);
    putWhatIf(json, config);
    json.set("summary", summary);
    putMetrics(json.putObject("metrics"));
    List<String> completions = unlessDamaged(List.of(), () -> files.lines(run.completions()));
    if (!completions.isEmpty()) {
      json.put("completions", String.join("\n", completions) + "\n");
    }
    putTrace(json, mostTrace);
    if (!files.accepted().isEmpty()) {
      notices.add("Edited on purpose and accepted: " + String.join(", ", files.accepted()));
    }
    notices.forEach(json.putArray("notices")::add);
    return json;
  }

  /** The algorithm to recompute with, if this version has all of the objective. */
  private static void putWhatIf(ObjectNode json, ConfigNode.Section config) {
    try {
      boolean own = !config.flat().containsKey("advantage.class");
      Algorithm algorithm = algorithm(config, own);
      WhatIfJson.put(
          json,
          own ? Optional.of(algorithm.advantage()) : Optional.empty(),
          algorithm.objective().objective(),
          algorithm.objective().kl().inReward().isPresent());
    } catch (ConfigException e) {
      // A surrogate from outside, or settings of another version: the page says that it only shows.
    }
  }

  /**
   * The algorithm in {@code config.yaml}.
   *
   * @param estimator whether to read the estimator too; otherwise it is the default
   * @throws org.grpo4j.experiment.config.ConfigException if this version cannot read it, or some of
   *     it is from outside
   */
  private static Algorithm algorithm(ConfigNode.Section config, boolean estimator) {
    ConfigNode.Section section = config;
    for (String key : List.copyOf(section.entries().keySet())) {
      boolean kept = key.equals("objective") || (key.equals("advantage") && estimator);
      section = kept ? section : section.without(key);
    }
    return RecordBinder.bind(section, Algorithm.class);
  }

  private void putMetrics(ObjectNode node) {
    Map<String, DoubleVector> columns = unlessDamaged(Map.of(), () -> MetricsReader.read(run));
    List<String> names = new ArrayList<>(METRICS);
    columns.keySet().stream()
        .filter(name -> BY_LABEL.stream().anyMatch(metric -> metric.isByLabel(name)))
        .forEach(names::add);
    for (String name : names) {
      DoubleVector column = columns.get(name);
      if (column != null) {
        ArrayNode values = node.putArray(name);
        for (int i = 0; i < column.size(); i++) {
          putNumber(values, column.get(i));
        }
      }
    }
  }

  private static void putNumber(ArrayNode values, double value) {
    if (!Double.isFinite(value)) {
      values.addNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      values.add((long) value);
    } else {
      values.add(value);
    }
  }

  private void putTrace(ObjectNode json, long most) {
    ObjectNode trace = json.putObject("trace");
    JsonNode header = readIfThere(run.traceHeader());
    if (!header.isEmpty()) {
      trace.set("header", header);
      if (!json.has("parameters") && header.has("parameters")) {
        json.set("parameters", header.get("parameters"));
      }
    }
    unlessDamaged(
            PackedTrace.NONE, () -> PackedTrace.of(run.traceLines(), files.lines(run.traceLines())))
        .put(trace, most);
  }

  private static String provenance(JsonNode manifest) {
    if (manifest.isEmpty()) {
      return "";
    }
    String commit = manifest.path("git_commit").asText("");
    return manifest.path("policy").asText("")
        + "; version "
        + manifest.path("grpo4j_version").asText("unknown")
        + (commit.isEmpty() ? "" : ", commit " + commit.substring(0, Math.min(10, commit.length())))
        + "; started "
        + manifest.path("started_at").asText("").replaceAll("\\.\\d+Z", "Z")
        + "; "
        + manifest.path("machine").path("processor").asText("unknown machine");
  }

  private JsonNode readIfThere(Path file) {
    return unlessDamaged(Json.object(), () -> files.has(file) ? files.json(file) : Json.object());
  }

  /** A part of a run that the page can do without. */
  private interface Part<T> {
    T read() throws IOException;
  }

  private <T> T unlessDamaged(T otherwise, Part<T> part) {
    try {
      return part.read();
    } catch (IOException e) {
      notices.add("Left out: " + e.getMessage());
      return otherwise;
    }
  }
}
