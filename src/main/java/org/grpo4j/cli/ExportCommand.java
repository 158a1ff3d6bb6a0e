package org.grpo4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.trace.TraceReader;
import org.grpo4j.experiment.trace.UnipoExport;
import org.grpo4j.math.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: a run's trace in the format of another tool. */
@Command(
    name = "export",
    description = "Writes the trace of a run in the log format of another tool.",
    footer = {
      "",
      "unipo: UNIPO (github.com/poloclub/unipo), a viewer of policy-optimisation runs.",
      "Put the file into its directory data and run its build script.",
      "",
      "Examples:",
      "  grpo4j export last --out think-add.jsonl",
      "  grpo4j export last --algorithm mine --out mine.json"
    })
final class ExportCommand extends OpeningCommand {

  /** The formats there are. */
  enum Format {
    UNIPO
  }

  @Parameters(paramLabel = "RUN", description = RUN)
  private Path run = Path.of("");

  @Option(names = "--format", description = "The format; unipo is the only one.")
  private Format format = Format.UNIPO;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = {
        "UNIPO's name of the algorithm, which chooses the formulas it shows.",
        "Default: grpo, drgrpo or ppo if it is one of them, else the experiment's name."
      })
  private @Nullable String algorithm;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; .json, or .jsonl with one line an optimiser step.")
  private Path out = Path.of("");

  private int steps;

  @Override
  public Integer call() throws IOException {
    boolean lines = out.toString().endsWith(".jsonl");
    if (!lines && !out.toString().endsWith(".json")) {
      throw new UsageException("--out: must end in .json or .jsonl, got " + out);
    }
    RunDirectory directory = open(run);
    ExperimentConfig config = directory.readConfig();
    TraceReader reader = trace(directory);
    AtomicFiles.write(out, file -> write(config, reader, lines, file));
    console()
        .result(
            json
                ? Json.line(Json.object().put("file", out.toString()).put("steps", steps))
                : out + ": " + Numbers.count(steps, "optimiser step") + " for " + format.name());
    return ExitCode.OK;
  }

  /** Entry after entry, so that the file may be larger than memory. */
  private void write(ExperimentConfig config, TraceReader reader, boolean lines, Writer file)
      throws IOException {
    UnipoExport export = new UnipoExport(reader);
    ObjectNode header =
        export.header(
            algorithm != null ? algorithm : algorithm(config),
            rewardStrategy(config),
            hyperparameters(config));
    if (lines) {
      ObjectNode first = Json.object().put("type", "header");
      first.setAll(header);
      file.write(Json.line(first) + "\n");
    } else {
      file.write("{\"header\":" + Json.line(header) + ",\"entries\":[");
    }
    for (int update : reader.updates()) {
      for (ObjectNode entry : export.entries(update, steps)) {
        if (lines) {
          ObjectNode line = Json.object().put("type", "step");
          line.setAll(entry);
          file.write(Json.line(line) + "\n");
        } else {
          file.write((steps == 0 ? "\n" : ",\n") + Json.line(entry));
        }
        steps++;
      }
    }
    if (!lines) {
      file.write("\n]}\n");
    }
  }

  private static String algorithm(ExperimentConfig config) {
    AdvantageEstimator estimator = config.advantage().weighted(config.reward().weights());
    if (estimator instanceof GeneralizedAdvantage) {
      return "ppo";
    }
    if (estimator instanceof GroupRelativeAdvantage relative) {
      return relative.scale() == RewardScale.NONE ? "drgrpo" : "grpo";
    }
    return config.name();
  }

  private static String rewardStrategy(ExperimentConfig config) {
    return config.reward().parts().stream()
        .map(
            part ->
                part.weight() == 1
                    ? part.rule().name()
                    : part.weight() + " * " + part.rule().name())
        .collect(Collectors.joining(" + "));
  }

  private static Map<String, Object> hyperparameters(ExperimentConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("seed", config.seed());
    values.put("prompts", config.train().promptsPerUpdate());
    values.put("group_size", config.train().groupSize());
    values.put("inner_epochs", config.train().innerEpochs());
    values.put("mini_batches", config.train().miniBatches());
    values.put("learning_rate", config.train().peakLearningRate());
    values.put("temperature", config.train().temperature());
    values.put("kl_coef", config.objective().objective().klPenalty().beta());
    values.put("surrogate", config.objective().objective().surrogate().toString());
    values.put("aggregation", config.objective().objective().aggregation().toString());
    return values;
  }
}
