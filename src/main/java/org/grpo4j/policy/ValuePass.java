package org.grpo4j.policy;

import org.grpo4j.math.TokenTable;

/**
 * A critic's forward pass whose activations are kept. Valid until the parameters change or it is
 * closed.
 */
public interface ValuePass extends AutoCloseable {

  /** {@code V_it}, {@code [N][T_i]}. */
  TokenTable values();

  /**
   * Adds this batch's parameter gradient to the accumulated one. Comes before {@link
   * ForwardPass#backward}: the two losses of a shared trunk go back through it together, once.
   *
   * @param lossByValue {@code dL/dV_it}, {@code [N][T_i]}
   * @throws IllegalStateException if the trunk is shared and the policy's pass went back already
   */
  void backward(TokenTable lossByValue);

  @Override
  void close();
}
