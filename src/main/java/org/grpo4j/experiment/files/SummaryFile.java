package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.grpo4j.experiment.ParameterChange;
import org.grpo4j.experiment.files.RunSummary.SupervisedCost;
import org.grpo4j.metric.Metric;
import org.grpo4j.metric.Proportion;
import org.grpo4j.metric.WilsonInterval;
import org.grpo4j.policy.Unchanged;
import org.grpo4j.train.evaluation.Evaluation;

/** {@code summary.json}: results with their intervals, and costs. */
public final class SummaryFile {

  private static final int SCHEMA = 1;

  private static final double INTERVAL_LEVEL = 0.95;

  private SummaryFile() {}

  /** The summary as JSON. */
  public static String of(RunSummary run) {
    ObjectNode summary = Json.object();
    summary.put("schema", SCHEMA);
    summary.put("status", run.status().name().toLowerCase(Locale.ROOT));
    summary.put("experiment", run.config().name());
    summary.put("seed", run.config().seed());
    summary.put("config_sha256", ConfigHash.of(run.config()));
    summary.put("updates_done", run.progress().updatesDone());
    run.before().ifPresent(evaluation -> putEvaluation(summary, "base", evaluation));
    run.after().ifPresent(evaluation -> putEvaluation(summary, "eval", evaluation));
    putCosts(summary, run);
    run.measured().ifPresent(measured -> putMeasured(summary, measured));
    ArrayNode notes = summary.putArray("notes");
    run.notes().forEach(notes::add);
    return Json.pretty(summary);
  }

  /** Adds the results of an evaluation, with names such as {@code eval/pass@1}. */
  public static void putEvaluation(ObjectNode summary, String prefix, Evaluation evaluation) {
    putShare(summary.putObject(prefix + "/greedy_accuracy"), evaluation.greedyAccuracy());
    ObjectNode length = summary.putObject(prefix + "/mean_length");
    length.put("value", evaluation.meanLength());
    length.put("n", evaluation.greedyAccuracy().n());
    putShare(summary.putObject(prefix + "/truncated"), evaluation.truncated());
    evaluation
        .shares()
        .forEach((name, share) -> putShare(summary.putObject(prefix + "/" + name), share));
    if (evaluation.sampled().isEmpty()) {
      return;
    }
    Evaluation.Sampled sampled = evaluation.sampled().get();
    Map<String, Evaluation.AtK> scores = new LinkedHashMap<>();
    sampled.passAtK().forEach(score -> scores.put("pass@" + score.k(), score));
    sampled.majorityAtK().forEach(score -> scores.put("maj@" + score.k(), score));
    scores.putAll(sampled.shares());
    scores.forEach(
        (name, score) -> {
          ObjectNode object = summary.putObject(prefix + "/" + name);
          putScore(object, score.value(), score.problems(), score.interval());
          object.put("samples", sampled.samples());
        });
  }

  private static void putShare(ObjectNode object, Proportion share) {
    putScore(object, share.value(), share.n(), share.interval());
  }

  private static void putScore(ObjectNode object, double value, int n, WilsonInterval interval) {
    object.put("value", value);
    object.put("n", n);
    object.put("lower", interval.lower());
    object.put("upper", interval.upper());
    object.put("level", INTERVAL_LEVEL);
  }

  private static void putSupervised(ObjectNode summary, RunSummary run) {
    SupervisedCost cost = run.supervised();
    summary.put("cold_start_tokens", cost.tokens());
    summary.put("cold_start_flops", cost.flops());
    summary.put("examples_tokens", cost.sampledTokens());
    summary.put("examples_flops", cost.sampledFlops());
    summary.put("sampled_tokens_total", cost.sampledTokens() + run.progress().totals().tokens());
    summary.put("flops_total", cost.flops() + cost.sampledFlops() + run.flops());
  }

  /** Adds what is measured of the parameters: names such as {@code update/unchanged/bits}. */
  private static void putMeasured(ObjectNode summary, RunSummary.Measured measured) {
    summary.put("size_bytes/checkpoint", measured.checkpointBytes());
    summary.put("sampling_tokens_per_second", measured.tokensPerSecond());
    measured.coldStart().ifPresent(change -> putChange(summary, "cold_start", change));
    measured.updates().ifPresent(change -> putChange(summary, "update", change));
  }

  private static void putChange(ObjectNode summary, String prefix, ParameterChange change) {
    for (Unchanged reading : Unchanged.values()) {
      String name = reading.name().toLowerCase(Locale.ROOT);
      summary.put(prefix + "/unchanged/" + name, change.share(reading));
    }
    double rank = change.rankShare();
    if (!Double.isNaN(rank)) { // there is no matrix
      summary.put(prefix + "/rank", rank);
    }
  }

  private static void putCosts(ObjectNode summary, RunSummary run) {
    PhaseSeconds seconds = run.progress().seconds();
    ObjectNode wall = summary.putObject("wall_seconds");
    wall.put("total", seconds.total());
    wall.setAll(Json.tree(seconds)); // the total keeps its place
    wall.put("other", seconds.other());
    summary.put("cold_start_reused", run.progress().coldStartReused());
    summary.put(Metric.COMPLETIONS.key(), run.progress().totals().completions());
    summary.put(Metric.TOKENS.key(), run.progress().totals().tokens());
    summary.put("flops", run.flops());
    putSupervised(summary, run);
    if (run.progress().updatesDone() > 0) {
      summary.put("flops_per_update", run.flops() / run.progress().updatesDone());
    }
    summary.put("parameters", run.parameters());
    if (run.activeParameters() < run.parameters()) {
      summary.put("active_parameters", run.activeParameters());
    }
    long policyParameters = (long) run.parameters() - run.criticParameters();
    long kept = policyParameters * run.config().train().optimizerSettings().numbersPerParameter();
    kept += (long) run.criticParameters() * run.config().train().adam().numbersPerParameter();
    summary.put("optimizer_bytes", Float.BYTES * kept);
    summary.put("size_bytes/parameters", Float.BYTES * policyParameters);
    run.peakMemoryBytes().ifPresent(bytes -> summary.put("peak_memory_bytes", bytes));
  }
}
