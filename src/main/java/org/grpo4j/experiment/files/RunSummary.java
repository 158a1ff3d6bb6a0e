package org.grpo4j.experiment.files;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ParameterChange;
import org.grpo4j.train.evaluation.Evaluation;

/**
 * The results and costs of a run.
 *
 * @param config its configuration
 * @param directory where everything is
 * @param status whether it came to its end
 * @param progress how far it came, what was sampled, where the time went
 * @param before the policy after its cold start; empty if the run did not get there
 * @param after the policy at the end; empty if the run did not get there
 * @param flops estimated floating-point operations of the updates
 * @param supervised cost of the cold start
 * @param parameters trainable parameters
 * @param activeParameters those that a token meets: fewer with experts
 * @param criticParameters those of them that are the critic's
 * @param measured measurements of the policy's parameters; empty if it has no checkpoint
 * @param peakMemoryBytes most physical memory held; empty where the system does not say
 * @param notes what to know about the settings, and what to do if nothing was learnt
 */
public record RunSummary(
    ExperimentConfig config,
    RunDirectory directory,
    Status status,
    RunProgress progress,
    Optional<Evaluation> before,
    Optional<Evaluation> after,
    double flops,
    SupervisedCost supervised,
    int parameters,
    int activeParameters,
    int criticParameters,
    Optional<Measured> measured,
    OptionalLong peakMemoryBytes,
    List<String> notes) {

  public RunSummary {
    notes = List.copyOf(notes);
  }

  /**
   * Measurements of the policy's parameters.
   *
   * @param coldStart what the cold start changed; empty without one
   * @param updates what the updates changed; empty without one
   * @param checkpointBytes size of the last checkpoint, optimiser included
   * @param tokensPerSecond completion tokens a second, where the last evaluation sampled fastest
   */
  public record Measured(
      Optional<ParameterChange> coldStart,
      Optional<ParameterChange> updates,
      long checkpointBytes,
      double tokensPerSecond) {}

  /**
   * The cost of a run's supervised part, estimated.
   *
   * @param tokens completion tokens that its steps learn from
   * @param flops floating-point operations of its steps
   * @param sampledTokens tokens sampled from other runs' policies to make its examples
   * @param sampledFlops floating-point operations of that
   */
  public record SupervisedCost(long tokens, double flops, long sampledTokens, double sampledFlops) {

    /** Of a run that has none. */
    public static final SupervisedCost NONE = new SupervisedCost(0, 0, 0, 0);
  }

  /** The end of a run. */
  public enum Status {
    /** All updates were done. */
    FINISHED,
    /** It was asked to stop, and stopped after an update. */
    INTERRUPTED
  }
}
