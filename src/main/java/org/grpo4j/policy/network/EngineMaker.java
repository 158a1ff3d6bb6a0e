package org.grpo4j.policy.network;

import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Engine;

/** Makes engines, of the same kernels each time. */
interface EngineMaker {

  /**
   * An engine still without parameters.
   *
   * @param workers who will use it
   */
  Engine engine(NetworkKind kind, Workers workers);
}
