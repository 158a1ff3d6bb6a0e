package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigReference;
import org.grpo4j.experiment.run.RunSummary;
import org.grpo4j.experiment.run.TrainingJob;
import org.grpo4j.report.LearningCurve;
import org.grpo4j.report.page.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: cold start, then reinforcement learning, with everything written down. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains a policy: cold start if the experiment asks for one, then GRPO.",
    footer = {
      "",
      "Ctrl-C ends the update under way, writes a checkpoint and exits with 130.",
      "",
      "Examples:",
      "  grpo4j train",
      "  grpo4j train --seed 2 --out elsewhere",
      "  grpo4j train --set train.updates=50 --set 'objective.kl={kind: loss, coefficient: 0.04}'",
      "  grpo4j train think-add-deepseekmath --quiet --json"
    })
final class TrainCommand implements Callable<Integer> {

  private final Console console;
  private final BooleanSupplier stopRequested;

  @Mixin private ExperimentOptions experiment = new ExperimentOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where run directories and the cold-start cache go. Default: runs.")
  private Path runs = Path.of("runs");

  @Option(
      names = "--help-config",
      description = "Print everything an experiment file can set, and exit.")
  private boolean helpConfig;

  TrainCommand(Console console, BooleanSupplier stopRequested) {
    this.console = console;
    this.stopRequested = stopRequested;
  }

  @Override
  public Integer call() throws IOException {
    if (helpConfig) {
      console.result(ConfigReference.plain(ExperimentConfig.class).stripTrailing());
      return ExitCode.OK;
    }
    ExperimentConfig config = experiment.read();
    if (Files.exists(runs) && !Files.isDirectory(runs)) {
      throw new UsageException("--out: must be a directory, got the file " + runs);
    }
    RunSummary run;
    try (ProgressDisplay display = ProgressDisplay.of(console, common.quiet)) {
      run =
          new TrainingJob(config, runs, ExperimentOptions.home(), stopRequested, display::show)
              .run();
    }
    LearningCurve.write(run.directory());
    ReportPage.write(List.of(run.directory()), run.directory().report());
    console.result(
        common.json
            ? Files.readString(run.directory().summary()).stripTrailing()
            : new RunReport(run).toString());
    return run.status() == RunSummary.Status.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.OK;
  }
}
