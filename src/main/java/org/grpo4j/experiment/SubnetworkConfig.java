package org.grpo4j.experiment;

import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Unchanged;

/**
 * The parameters that reinforcement learning trains; all others stay as they are to the last bit
 * ({@link Policy#freeze}). These are individual parameters, the same for every token; a mixture of
 * experts is something else, parts of the network that a router chooses for each token.
 */
public sealed interface SubnetworkConfig {

  /** The run whose changes it depends on, if it does. */
  default Optional<RunReference> source() {
    return Optional.empty();
  }

  /** The same with another reference to a run, if there is one. */
  default SubnetworkConfig withRuns(UnaryOperator<RunReference> other) {
    return this;
  }

  /**
   * The parameters that are not trained.
   *
   * @param change what the updates of {@link #source} did to the parameters
   * @param streams of the run
   */
  BitSet frozen(ParameterChange change, RandomStreams streams);

  @Kind(value = "all", description = "All parameters.")
  record All() implements SubnetworkConfig {

    @Override
    public BitSet frozen(ParameterChange change, RandomStreams streams) {
      return new BitSet();
    }
  }

  /**
   * Those that another run changed in its updates: what arXiv 2505.11711 (section 4) trains again.
   *
   * @param run of the same model
   */
  @Kind(
      value = "changed",
      description = "The parameters that the updates of another run changed, from its seed on.")
  record Changed(
      @Inline RunReference run,
      @Setting(value = "What counts as unchanged.", byDefault = "bfloat16") Unchanged reading)
      implements SubnetworkConfig {

    @Override
    public Optional<RunReference> source() {
      return Optional.of(run);
    }

    @Override
    public SubnetworkConfig withRuns(UnaryOperator<RunReference> other) {
      return new Changed(other.apply(run), reading);
    }

    @Override
    public BitSet frozen(ParameterChange change, RandomStreams streams) {
      return change.unchanged(reading);
    }
  }

  /**
   * As many of each part of the network, drawn by lot: the control.
   *
   * @param run of the same model
   */
  @Kind(
      value = "random",
      description =
          "As many parameters of each tensor as the updates of another run changed, drawn by lot:"
              + " the control.")
  record Drawn(
      @Inline RunReference run,
      @Setting(value = "What counts as unchanged.", byDefault = "bfloat16") Unchanged reading)
      implements SubnetworkConfig {

    @Override
    public Optional<RunReference> source() {
      return Optional.of(run);
    }

    @Override
    public SubnetworkConfig withRuns(UnaryOperator<RunReference> other) {
      return new Drawn(other.apply(run), reading);
    }

    @Override
    public BitSet frozen(ParameterChange change, RandomStreams streams) {
      BitSet unchanged = change.unchanged(reading);
      BitSet frozen = new BitSet();
      SplittableRandom random = streams.stream(RandomStreams.Purpose.SUBNETWORK);
      for (ParameterMatrix matrix : change.matrices()) {
        ParameterBlock block = matrix.block();
        int end = block.offset() + block.size();
        int left = unchanged.get(block.offset(), end).cardinality();
        for (int i = block.offset(); i < end; i++) { // each such choice is equally likely
          if (random.nextInt(end - i) < left) {
            frozen.set(i);
            left--;
          }
        }
      }
      return frozen;
    }
  }
}
