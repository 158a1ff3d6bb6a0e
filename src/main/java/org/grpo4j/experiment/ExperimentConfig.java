package org.grpo4j.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GroupFilter;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.config.Chosen;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.config.CrossChecked;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.ColdStartSettings;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.Sampler;
import org.grpo4j.train.evaluation.EvaluationSettings;
import org.grpo4j.train.sampling.Truncation;

/**
 * Everything that decides how a run goes. These records are the format of experiment files, {@code
 * --help-config} and {@code docs/configuration.md} at once: see {@link
 * org.grpo4j.experiment.config}. What must hold between its sections is in {@link ExperimentRules}.
 */
public record ExperimentConfig(
    @Setting("Name of the experiment; the run directory begins with it.") String name,
    @Setting("The task, such as think-add.") Chosen<TaskSource> task,
    @Setting(
            value = "Seed of everything random in the run.",
            byDefault = "1",
            range = "[0, 9007199254740991]")
        long seed,
    @Setting(
            value = "Threads; 0 for one per processor. The results do not depend on it.",
            byDefault = "0",
            range = "[0, 256]",
            unit = "threads")
        int workers,
    @Setting(value = "The policy.", byDefault = "transformer") ModelConfig model,
    @Setting(value = "The parameters to begin with.", byDefault = "fresh", added = true)
        StartConfig start,
    @Setting("Supervised learning before reinforcement learning.") ColdStartSettings coldStart,
    @Setting(
            value = "What the cold start imitates; nothing given means the task's demonstrations.",
            byDefault = "[]",
            added = true)
        List<ExampleSource> examples,
    @Setting("The training loop.") GrpoSettings train,
    @Setting(
            value = "The parameters that the training loop changes; the cold start changes all.",
            byDefault = "all",
            added = true)
        SubnetworkConfig subnetwork,
    @Setting(value = "The policy that samples.", byDefault = "learner", added = true)
        Sampler sampler,
    @Setting(
            value = "What sampling is cut to while the policy learns: symbols and length.",
            added = true)
        Truncation truncation,
    @Setting(value = "Replacing groups that teach nothing.", byDefault = "none")
        Optional<GroupFilter> dynamicSampling,
    @Setting(value = "How rewards become advantages.", byDefault = "group-relative")
        AdvantageEstimator advantage,
    @Setting(
            value =
                "Reference policies from other runs: the teachers of distillation. Nothing given"
                    + " means a copy of the policy.",
            byDefault = "[]",
            added = true)
        List<TeacherConfig> teachers,
    @Setting("How advantages become a loss.") ObjectiveConfig objective,
    @Setting(value = "PPO's critic; none for the other algorithms.", byDefault = "none")
        CriticConfig critic,
    @Setting("How completions are rewarded.") RewardConfig reward,
    @Setting("What is measured on held-out problems.") EvaluationSettings evaluation,
    @Setting("When the state of training is written to disk.") CheckpointConfig checkpoints,
    @Setting("What is written of every update.") TraceConfig trace)
    implements CrossChecked {

  public ExperimentConfig {
    examples = List.copyOf(examples);
    teachers = List.copyOf(teachers);
  }

  @Override
  public List<Refusal> refusals() {
    return ExperimentRules.refusals(this);
  }

  /** The classes from outside that it names. */
  public Set<Class<?>> outsideClasses() {
    return ConfigWriter.outside(this);
  }

  /** The number of threads to use, {@link #workers} or one per processor. */
  public int workerCount() {
    return workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
  }

  /** The other runs that it begins with. */
  public List<RunReference> runs() {
    List<RunReference> runs = new ArrayList<>();
    withRuns(
        run -> {
          runs.add(run);
          return run;
        });
    return List.copyOf(runs);
  }

  /** The same with other references to other runs. */
  public ExperimentConfig withRuns(UnaryOperator<RunReference> other) {
    return with(seed, other);
  }

  /** The same with another seed. */
  public ExperimentConfig withSeed(long other) {
    return with(other, UnaryOperator.identity());
  }

  private ExperimentConfig with(long otherSeed, UnaryOperator<RunReference> other) {
    return new ExperimentConfig(
        name,
        task,
        otherSeed,
        workers,
        model,
        start.withRuns(other),
        coldStart,
        examples.stream().map(source -> source.withRuns(other)).toList(),
        train,
        subnetwork.withRuns(other),
        sampler,
        truncation,
        dynamicSampling,
        advantage,
        teachers.stream()
            .map(teacher -> new TeacherConfig(other.apply(teacher.run()), teacher.label()))
            .toList(),
        objective,
        critic,
        reward,
        evaluation,
        checkpoints,
        trace);
  }
}
