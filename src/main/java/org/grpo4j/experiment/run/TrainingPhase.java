package org.grpo4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentNotes;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.Machine;
import org.grpo4j.experiment.files.MetricsReader;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunProgress;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.experiment.files.RunSummary.SupervisedCost;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainingLoop;
import org.grpo4j.train.evaluation.Evaluation;
import org.grpo4j.train.evaluation.Evaluator;
import org.grpo4j.train.inspection.UpdateInspector;
import org.grpo4j.train.sampling.GreedyDecoder;

/**
 * Reinforcement learning with everything written down, from some update to the last: the common
 * part of runs that begin, resume and branch off.
 */
final class TrainingPhase {

  private final RunSetup setup;
  private final ExperimentConfig config;
  private final RunRecorder recorder;
  private final Evaluator evaluator;

  /**
   * @param recorder writes down what happens; it is where training begins
   */
  TrainingPhase(RunSetup setup, RunRecorder recorder) {
    this.setup = setup;
    this.config = setup.config();
    this.recorder = recorder;
    this.evaluator =
        new Evaluator(
            setup.task(),
            config.evaluation(),
            config.train().temperature(),
            setup.streams(),
            setup.workers());
  }

  /** The whole evaluation, as before and after training. */
  Evaluation evaluate(LanguageModel policy) {
    return recorder.clock().evaluation(() -> evaluator.evaluate(policy));
  }

  /**
   * The cold start, then training.
   *
   * @param firstStep steps of the cold start that are done already
   */
  RunSummary runWithColdStart(
      ColdStartPhase coldStart, int firstStep, BooleanSupplier stopRequested) {
    Policy policy = recorder.policy();
    boolean finished =
        recorder.clock().coldStart(() -> coldStart.run(policy, firstStep, stopRequested, recorder));
    return finished
        ? run(setup.trainers().trainer(policy), Optional.empty(), stopRequested)
        : summarize(RunSummary.Status.INTERRUPTED, Optional.empty(), Optional.empty(), 0);
  }

  private Evaluation evaluateAndWrite(LanguageModel policy) {
    Evaluation evaluation = evaluate(policy);
    recorder.write(recorder.progress().updatesDone(), evaluation);
    return evaluation;
  }

  /**
   * Trains from where the recorder is to the end, and writes the summary.
   *
   * @param known what training began with; empty if it begins now
   */
  RunSummary run(Trainer trainer, Optional<Evaluation> known, BooleanSupplier stopRequested) {
    Policy policy = recorder.policy();
    recorder.begin(trainer);
    recorder.checkpointDue(recorder.progress().updatesDone());
    Evaluation before = known.orElseGet(() -> evaluateAndWrite(policy));
    TrainingLoop.Schedule schedule =
        new TrainingLoop.Schedule(
            config.train().updates(), config.evaluation().every(), config.checkpoints().every());
    TrainingLoop loop =
        new TrainingLoop(trainer, policy, evaluator, schedule, inspector(), recorder);
    boolean finished = loop.run(recorder.progress().updatesDone(), stopRequested);
    recorder.checkpointDue(recorder.progress().updatesDone());
    Evaluation after = evaluateAndWrite(policy);
    int criticParameters = trainer.critic().map(Critic::parameterCount).orElse(0);
    return summarize(
        finished ? RunSummary.Status.FINISHED : RunSummary.Status.INTERRUPTED,
        Optional.of(before),
        Optional.of(after),
        criticParameters);
  }

  /** The inspector of the updates for the trace. */
  private UpdateInspector inspector() {
    GreedyDecoder greedy =
        new GreedyDecoder(setup.task().vocabulary(), setup.task().maxNewTokens(), setup.workers());
    return UpdateInspector.of(config.trace().groups(), config.trace().gradientsEvery(), greedy);
  }

  private RunSummary summarize(
      RunSummary.Status status,
      Optional<Evaluation> before,
      Optional<Evaluation> after,
      int criticParameters) {
    Policy policy = recorder.policy();
    RunDirectory directory = recorder.directory();
    RunProgress progress = recorder.progress();
    RunSummary summary =
        new RunSummary(
            config,
            directory,
            status,
            progress,
            before,
            after,
            FlopEstimate.of(config, setup.task())
                .training(config, progress.totals(), progress.updatesDone()),
            before.isEmpty() ? SupervisedCost.NONE : SupervisedEstimate.of(setup, directory),
            policy.parameterCount() + criticParameters,
            policy.activeParameterCount() + criticParameters,
            criticParameters,
            after.map(evaluation -> measured(directory)),
            Machine.peakResidentBytes(),
            notes(directory, before, after));
    recorder.summarize(summary);
    return summary;
  }

  private RunSummary.Measured measured(RunDirectory directory) {
    boolean updated = recorder.progress().updatesDone() > 0;
    return AtomicFiles.read(
        "cannot read the checkpoints of " + directory,
        () ->
            new RunSummary.Measured(
                CheckpointChange.ofColdStart(setup, directory),
                updated
                    ? Optional.of(
                        CheckpointChange.ofUpdates(directory, config.model(), setup.workers()))
                    : Optional.empty(),
                new Checkpoints(directory).last().orElseThrow().bytes(),
                evaluator.samplingSpeed()));
  }

  private List<String> notes(
      RunDirectory directory, Optional<Evaluation> before, Optional<Evaluation> after) {
    List<String> notes = new ArrayList<>(ExperimentNotes.of(config));
    if (before.isPresent() && after.isPresent()) {
      notes.addAll(RunHints.of(before.get(), after.get(), deadGroups(directory)));
    }
    return notes;
  }

  /** From the file, which holds the updates before a run was interrupted, too. */
  private static DoubleVector deadGroups(RunDirectory directory) {
    return AtomicFiles.read(
            "cannot read the metrics of " + directory, () -> MetricsReader.read(directory))
        .getOrDefault(Metric.DEAD_GROUPS.key(), DoubleVector.empty());
  }
}
