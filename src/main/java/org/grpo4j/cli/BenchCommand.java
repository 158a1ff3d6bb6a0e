package org.grpo4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.Machine;
import org.grpo4j.experiment.run.Benchmark;
import org.grpo4j.report.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: how long the phases of a step take. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
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
final class BenchCommand implements Callable<Integer> {

  private static final double MILLIS = 1e3;
  private static final double GIGA = 1e9;
  private static final int MOST_UPDATES = 1_000_000;

  private final Console console;
  private final BooleanSupplier stopRequested;

  @Mixin private ExperimentOptions experiment = new ExperimentOptions();
  @Mixin private ClasspathOptions common = new ClasspathOptions();

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

  BenchCommand(Console console, BooleanSupplier stopRequested) {
    this.console = console;
    this.stopRequested = stopRequested;
  }

  @Override
  public Integer call() {
    requireCount("--updates", updates, 1);
    requireCount("--warm-up", warmup, 0);
    if (workers != null) {
      experiment.settings.add("workers=" + workers);
    }
    ExperimentConfig config = experiment.read(common.classes());
    if (!common.quiet) {
      console.note("timing " + updates + " updates after " + warmup + " to warm up");
    }
    Benchmark.Result result =
        new Benchmark(config, updates, warmup, forceLength).run(stopRequested);
    console.result(common.json ? json(result) : text(config, result));
    return stopRequested.getAsBoolean() ? ExitCode.INTERRUPTED : ExitCode.OK;
  }

  private static void requireCount(String option, int value, int least) {
    if (value < least || value > MOST_UPDATES) {
      throw new UsageException(
          option
              + ": must be at least "
              + least
              + " and at most "
              + MOST_UPDATES
              + ", got "
              + value);
    }
  }

  private static String text(ExperimentConfig config, Benchmark.Result result) {
    Table table = new Table();
    table.row(
        "update",
        config.train().promptsPerUpdate()
            + " prompts x "
            + config.train().groupSize()
            + " completions, "
            + Math.round(result.tokensPerUpdate())
            + " tokens"
            + (result.forcedLength() ? " (length forced)" : ""));
    if (Double.isFinite(result.coldStartStepSeconds())) {
      table.row(
          "supervised step",
          millis(result.coldStartStepSeconds()),
          config.coldStart().batchSize() + " examples");
    }
    table.row("rollout", millis(result.rolloutSeconds()));
    table.row("score", millis(result.scoreSeconds()));
    table.row("optimise", millis(result.optimizeSeconds()));
    table.row(
        "step",
        millis(result.stepSeconds()),
        "median of " + result.updates() + ", fastest " + millis(result.fastestStepSeconds()));
    table.row("tokens", Figures.count(Math.round(result.tokensPerSecond())) + " a second");
    table.row(
        "speed",
        String.format(
            Locale.ROOT,
            "%.1f GFLOP/s (estimated), %.0f %% of %.1f measured for matrix products",
            result.flopsPerSecond() / GIGA,
            100 * result.flopsPerSecond() / result.peakFlopsPerSecond(),
            result.peakFlopsPerSecond() / GIGA));
    Machine.peakResidentBytes()
        .ifPresent(bytes -> table.row("peak memory", Figures.mebibytes(bytes)));
    return result.policy() + "\n" + table.toString().stripTrailing();
  }

  private static String millis(double seconds) {
    return String.format(Locale.ROOT, "%.2f ms", seconds * MILLIS);
  }

  private static String json(Benchmark.Result result) {
    ObjectNode object = Json.tree(result);
    object.put("tokens_per_second", result.tokensPerSecond());
    Machine.peakResidentBytes().ifPresent(bytes -> object.put("peak_memory_bytes", bytes));
    return Json.pretty(object).stripTrailing();
  }
}
