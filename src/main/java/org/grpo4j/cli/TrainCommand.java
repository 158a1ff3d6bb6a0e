package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.grpo4j.cli.progress.ProgressDisplay;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigReference;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.experiment.run.ResumeJob;
import org.grpo4j.experiment.run.TrainingJob;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: cold start, then reinforcement learning, with everything written down. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains a policy: a cold start, then GRPO or PPO.",
    footer = {
      "",
      "Ctrl-C ends the update under way, writes a checkpoint and exits with 130.",
      "",
      "Examples:",
      "  grpo4j train",
      "  grpo4j train --seed 2 --out elsewhere",
      "  grpo4j train --set train.updates=50 \\",
      "      --set 'objective.kl={kind: loss, coefficient: 0.04}'",
      "  grpo4j train think-add-deepseekmath --quiet --json",
      "  grpo4j train --resume last --set train.updates=300"
    })
final class TrainCommand implements Callable<Integer> {

  private final Console console;
  private final BooleanSupplier stopRequested;

  @Mixin private ExperimentOptions experiment = new ExperimentOptions();
  @Mixin private ClasspathOptions common = new ClasspathOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where run directories and the cold-start cache go. Default: runs.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = {
        "Go on with this run from its last checkpoint, in its own directory.",
        "--set train.updates=300 makes it longer; what an update depends on cannot change."
      })
  private @Nullable Path resume;

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
    RunSummary run = resume == null ? begin() : goOn(resume);
    return TrainingEnd.show(console, run, common.json);
  }

  private RunSummary begin() {
    ExperimentConfig config = experiment.read(common.classes());
    Path runs = out == null ? Path.of("runs") : out;
    if (Files.exists(runs) && !Files.isDirectory(runs)) {
      throw new UsageException("--out: must be a directory, got the file " + runs);
    }
    try (ProgressDisplay display = ProgressDisplay.of(console, common.quiet)) {
      return new TrainingJob(config, runs, ExperimentOptions.home(), stopRequested, display::show)
          .run();
    }
  }

  private RunSummary goOn(Path run) throws IOException {
    if (experiment.experiment != null || experiment.seed != null || out != null) {
      throw new UsageException(
          "--resume: the run has its experiment, seed and directory;"
              + " leave EXPERIMENT, --seed and --out out");
    }
    ResumeJob job = resumed(run);
    try (ProgressDisplay display = ProgressDisplay.of(console, common.quiet)) {
      return job.run(stopRequested, display::show);
    }
  }

  private ResumeJob resumed(Path run) {
    try {
      return ResumeJob.of(
          RunArgument.open(run, common.classes()), experiment.settings, ExperimentOptions.home());
    } catch (IllegalArgumentException | IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
