package org.grpo4j.experiment;

import java.util.List;
import java.util.function.UnaryOperator;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.config.Chosen;
import org.grpo4j.math.Require;
import org.grpo4j.reward.RewardFunction;

/** A source of examples that the cold start imitates. */
public sealed interface ExampleSource {

  /** The weight of this source: an example of a batch is of it with this over the sum of all. */
  double weight();

  /** The label of its problems; empty for those of every label. */
  String only();

  /** The conditions that an example must meet. */
  List<Condition> keep();

  /** The same with another reference to a run, if there is one. */
  default ExampleSource withRuns(UnaryOperator<RunReference> other) {
    return this;
  }

  @Kind(value = "task", description = "The demonstrations of the task.")
  record Demonstrated(
      @Setting(
              value = "Only for problems with this label, such as sums; not given for all.",
              byDefault = "\"\"")
          String only,
      @Setting(value = "Weight of this source.", byDefault = "1.0", range = "(0, 1e6]")
          double weight,
      @Setting(value = "What an example must score to be kept.", byDefault = "[]")
          List<Condition> keep)
      implements ExampleSource {

    public Demonstrated {
      keep = List.copyOf(keep);
    }
  }

  /**
   * Rejection sampling: completions of another run's policy to training problems, of which the
   * first that scores enough is kept.
   *
   * @param run whose policy writes
   */
  @Kind(
      value = "samples",
      description =
          "Rejection sampling: of another run's completions to a training problem, the first that"
              + " scores enough.")
  record Sampled(
      @Inline RunReference run,
      @Setting(
              value = "Training problems that are asked, each once; at most those there are.",
              byDefault = "6000",
              range = "[1, 1000000]",
              unit = "problems")
          int problems,
      @Setting(
              value = "Completions of each problem.",
              byDefault = "2",
              range = "[1, 4096]",
              unit = "completions")
          int samples,
      @Setting(value = "Temperature of sampling.", byDefault = "1.0", range = "(0, 100]")
          double temperature,
      @Setting(
              value = "Only for problems with this label, such as sums; not given for all.",
              byDefault = "\"\"")
          String only,
      @Setting(value = "Weight of this source.", byDefault = "1.0", range = "(0, 1e6]")
          double weight,
      @Setting(value = "What a completion must score to be kept.", byDefault = "[{name: correct}]")
          List<Condition> keep)
      implements ExampleSource {

    public Sampled {
      keep = List.copyOf(keep);
      Require.that(samples >= 1, "samples", "at least 1", samples);
    }

    @Override
    public ExampleSource withRuns(UnaryOperator<RunReference> other) {
      return new Sampled(other.apply(run), problems, samples, temperature, only, weight, keep);
    }
  }

  /** The least that a rule must give. */
  record Condition(
      @Setting(value = "The rule.", key = "name") Chosen<RewardFunction> rule,
      @Setting(value = "The least that it must give.", byDefault = "1.0", range = "[-1e6, 1e6]")
          double atLeast) {}
}
