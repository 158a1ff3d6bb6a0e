package org.grpo4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.Machine;
import org.grpo4j.experiment.limits.Limits;
import org.grpo4j.experiment.run.Benchmark;
import org.grpo4j.report.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: how long the phases of a step take. */
@Command(
    name = "bench",
    description = {
      "Times the phases of an update.",
      "Medians after a warm-up, tokens and steps a second."
    },
    footer = {
      "",
      "The policy is not trained before, so completions are of random length unless",
      "--force-length makes all of them as long as they can be.",
      "",
      "Examples:",
      "  grpo4j bench --force-length --workers 1",
      "  grpo4j bench --set train.group_size=32 --updates 50 --json"
    })
final class BenchCommand extends OpeningCommand {

  private static final double MILLIS = 1e3;
  private static final double GIGA = 1e9;
  private static final int MOST_UPDATES = 1_000_000;

  @Mixin private ExperimentOptions experiment = new ExperimentOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Updates that are timed. Default: ${DEFAULT-VALUE}.")
  private int updates = 100;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Updates before, not timed. Default: ${DEFAULT-VALUE}.")
  private int warmup = 50;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads. Default: as in the experiment.")
  private @Nullable Integer workers;

  @Option(
      names = "--force-length",
      description = "Ignore the end token: every completion has the full length.")
  private boolean forceLength;

  @Override
  public Integer call() {
    UsageException.unlessWithin("--updates", updates, 1, MOST_UPDATES);
    UsageException.unlessWithin("--warm-up", warmup, 0, MOST_UPDATES);
    if (workers != null) {
      experiment.settings.add("workers=" + workers);
    }
    ExperimentConfig config = experiment.read(classes());
    limits.check(this, Limits.ofUpdates(config, updates + warmup));
    note("timing " + Figures.count(updates, "update") + " after " + warmup + " to warm up");
    Benchmark.Result result = new Benchmark(config, updates, warmup, forceLength).run(stop());
    print(() -> json(result), () -> text(config, result));
    return stop().getAsBoolean() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  private static String text(ExperimentConfig config, Benchmark.Result result) {
    Table table = new Table();
    table.row(
        "update",
        "%s x %s, %s%s"
            .formatted(
                Figures.count(config.train().promptsPerUpdate(), "prompt"),
                Figures.count(config.train().groupSize(), "completion"),
                Figures.count(Math.round(result.tokensPerUpdate()), "token"),
                result.forcedLength() ? " (length forced)" : ""));
    if (Double.isFinite(result.coldStartStepSeconds())) {
      String batch = Figures.count(config.coldStart().batchSize(), "example");
      table.row("supervised step", millis(result.coldStartStepSeconds()), batch);
    }
    table.row("rollout", millis(result.rolloutSeconds()));
    table.row("score", millis(result.scoreSeconds()));
    table.row("optimise", millis(result.optimizeSeconds()));
    String fastest =
        "median of " + result.updates() + ", fastest " + millis(result.fastestStepSeconds());
    table.row("step", millis(result.stepSeconds()), fastest);
    table.row("tokens", Figures.count(Math.round(result.tokensPerSecond())) + " a second");
    table.row(
        "speed",
        String.format(
            Locale.ROOT,
            "%.1f GFLOP/s (estimated), %.0f %% of %.1f measured for matrix products",
            result.flopsPerSecond() / GIGA,
            100 * result.flopsPerSecond() / result.peakFlopsPerSecond(),
            result.peakFlopsPerSecond() / GIGA));
    if (Double.isFinite(result.allocatedBytesPerUpdate())) {
      table.row(
          "allocated",
          Figures.mebibytes(Math.round(result.allocatedBytesPerUpdate())) + " an update");
    }
    Machine.peakResidentBytes()
        .ifPresent(bytes -> table.row("peak memory", Figures.mebibytes(bytes)));
    return result.policy() + "\n" + table;
  }

  private static String millis(double seconds) {
    return Figures.decimals(seconds * MILLIS) + " ms";
  }

  private static ObjectNode json(Benchmark.Result result) {
    ObjectNode object = Json.tree(result);
    object.put("tokens_per_second", result.tokensPerSecond());
    Machine.peakResidentBytes().ifPresent(bytes -> object.put("peak_memory_bytes", bytes));
    return object;
  }
}
