package org.grpo4j.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;

/** Run directories made by hand, whose policy may write what it likes. */
final class PageRuns {

  private PageRuns() {}

  /** A run of {@code updates} updates, each with one group of two completions. */
  static RunDirectory write(Path directory, int updates, String text) throws IOException {
    Files.createDirectories(directory.resolve("trace"));
    Files.writeString(
        directory.resolve("config.yaml"),
        "name: sample\n"
            + "task: think-add\n"
            + "seed: 3\n"
            + "train:\n"
            + "  group_size: 2\n"
            + "objective:\n"
            + "  surrogate:\n"
            + "    kind: clip\n"
            + "    clip_low: 0.2\n"
            + "    clip_high: 0.3\n"
            + "  kl:\n"
            + "    kind: loss\n"
            + "    coefficient: 0.04\n"
            + "    estimator: k3\n"
            + "    log_bound: none\n");
    RunDirectory run = RunDirectory.open(directory);
    StringBuilder metrics = new StringBuilder();
    StringBuilder trace = new StringBuilder();
    for (int update = 0; update < updates; update++) {
      metrics.append(metricsLine(update)).append('\n');
      trace.append(traceLine(update, text)).append('\n');
    }
    Files.writeString(run.metricsJsonLines(), metrics);
    Files.writeString(run.traceLines(), trace);
    ObjectNode header = Json.object().put("schema", 1).put("experiment", text);
    header.putArray("vocabulary").add(text).add("$");
    header.putArray("blocks").addObject().put("name", text).put("size", 1);
    Files.writeString(run.traceHeader(), Json.line(header));
    Files.writeString(run.manifest(), "{}\n");
    return TestRuns.accept(run.path());
  }

  static String metricsLine(int update) {
    return Json.line(
        Json.object()
            .put("update", update)
            .put("updates_done", update + 1)
            .put("reward", 0.5)
            .put("grad_norm", 0.25 + update));
  }

  /** A line as a run writes it, as far as the packing looks at it. */
  static String traceLine(int update, String text) {
    ObjectNode line = Json.object().put("update", update);
    ObjectNode batch = line.putObject("batch");
    batch.putArray("prompts").add(text);
    ArrayNode texts = batch.putArray("texts");
    texts.add(text).add(text);
    return Json.line(line);
  }
}
