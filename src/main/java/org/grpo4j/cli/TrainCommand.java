package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.ConfigReference;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.limits.Limits;
import org.grpo4j.experiment.run.ForkJob;
import org.grpo4j.experiment.run.Replay;
import org.grpo4j.experiment.run.ResumeJob;
import org.grpo4j.experiment.run.TrainingJob;
import org.grpo4j.math.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: cold start, then reinforcement learning, with everything written down. */
@Command(
    name = "train",
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
      "  grpo4j train --resume last --set train.updates=300",
      "  grpo4j train --resume last --fork --set train.learning_rate=5e-4 \\",
      "      --set train.updates=400"
    })
final class TrainCommand extends OpeningCommand {

  @Mixin private ExperimentOptions experiment = new ExperimentOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where run directories and the cold-start cache go. Default: runs.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = {
        "Continue this run where it was interrupted or killed, in its own directory.",
        "--set train.updates=300 makes it longer; what an update depends on cannot change."
      })
  private @Nullable Path resume;

  @Option(
      names = "--fork",
      description = {
        "With --resume: begin a new run at this run's last checkpoint, with the settings of --set",
        "and what has been changed in its config.yaml. --out says where it goes."
      })
  private boolean fork;

  @Option(
      names = "--help-config",
      description = "Print everything an experiment file can set, and exit.")
  private boolean helpConfig;

  @Override
  public Integer call() throws IOException {
    if (helpConfig) {
      console().result(ConfigReference.plain(ExperimentConfig.class).stripTrailing());
      return ExitCode.OK;
    }
    if (fork) {
      return forked();
    }
    if (resume != null) {
      RunDirectory run = open(resume);
      ResumeJob job = resumed(run);
      if (job.isComplete()) {
        return complete(run, job.updatesDone());
      }
      limits.check(this, Limits.ofTraining(run.readConfigAsItIs(experiment.settings)));
      return train(listener -> job.run(stop(), listener));
    }
    ExperimentConfig config = experiment.read(classes());
    limits.check(this, Limits.ofTraining(config));
    Path home = ExperimentFiles.home();
    return train(listener -> new TrainingJob(config, runs(out), home, stop(), listener).run());
  }

  /** A script may ask twice for the same run: that is no error. */
  private int complete(RunDirectory run, int updates) throws IOException {
    String words =
        "%s: all %s done\n  For more of them: --set train.updates=%d"
            .formatted(run, Numbers.count(updates, "update"), 2 * Math.max(1, updates));
    console().answers(json ? run.sealed().text(run.summary()).stripTrailing() : words);
    return ExitCode.OK;
  }

  private int forked() throws IOException {
    if (resume == null || experiment.experiment != null || experiment.seed != null) {
      throw new UsageException(
          "--fork: only together with --resume RUN, which has the experiment and the seed");
    }
    RunDirectory run = open(resume);
    try (Replay replay = UsageException.of(() -> Replay.atLastCheckpoint(run))) {
      List<String> settings = experiment.settings;
      ExperimentConfig config = run.readConfigAsItIs(settings);
      limits.check(this, Limits.ofTraining(config));
      ForkJob job =
          UsageException.of(
              () ->
                  new ForkJob(
                      replay,
                      replay.updatesDone(),
                      config,
                      settings,
                      runs(out),
                      ExperimentFiles.home()));
      return train(listener -> job.run(stop(), listener));
    }
  }

  private ResumeJob resumed(RunDirectory run) {
    if (experiment.experiment != null || experiment.seed != null || out != null) {
      throw new UsageException(
          "--resume: the run has its experiment, seed and directory;"
              + " leave EXPERIMENT, --seed and --out out");
    }
    return UsageException.of(() -> new ResumeJob(run, experiment.settings, ExperimentFiles.home()));
  }
}
