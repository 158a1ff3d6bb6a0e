package org.grpo4j.policy.network.engine;

import java.util.Optional;
import org.grpo4j.policy.Routing;

/** The forward pass of one micro-batch, kept for the way back. Used by one thread at a time. */
public interface MicroPass {

  /**
   * Writes the first {@code into.length} outputs of the head where completion token {@code token}
   * of row {@code row} is drawn: the logits first, a value after them.
   */
  void logits(int row, int token, double[] into);

  /** Adds to the error of the first {@code error.length} outputs there. */
  void addLogitError(int row, int token, double[] error);

  /** The experts of each position; empty if the network has none. */
  default Optional<Routing> routing() {
    return Optional.empty();
  }

  /**
   * Adds to the error of the router's probabilities, the same for each completion token.
   *
   * @param byProbability {@code dL/dp}, {@code [L][E]}
   */
  default void addRouterError(double[][] byProbability) {
    throw new IllegalStateException("there are no experts");
  }

  /** Computes the parameter gradient for the errors added since the last call. */
  void computeGradient();

  /** Adds what {@link #computeGradient} computed: called in the order of the micro-batches. */
  void addGradientTo(GradientSum sum);

  /** Gives the buffers back. */
  void release();
}
