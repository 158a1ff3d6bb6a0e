package org.grpo4j.experiment;

import java.util.function.UnaryOperator;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;

/** The parameters that a run begins with, before its cold start. */
public sealed interface StartConfig {

  /** The same with another reference to a run, if there is one. */
  default StartConfig withRuns(UnaryOperator<RunReference> other) {
    return this;
  }

  @Kind(value = "fresh", description = "New parameters, drawn from the seed.")
  record Fresh() implements StartConfig {}

  /**
   * The parameters that another run ended with; the optimiser is a fresh one.
   *
   * @param run of the same model
   */
  @Kind(
      value = "run",
      description = "The parameters that another run ended with; the optimiser is a fresh one.")
  record Run(@Inline RunReference run) implements StartConfig {

    @Override
    public StartConfig withRuns(UnaryOperator<RunReference> other) {
      return new Run(other.apply(run));
    }
  }
}
