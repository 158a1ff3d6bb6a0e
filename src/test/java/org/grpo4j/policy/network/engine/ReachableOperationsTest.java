package org.grpo4j.policy.network.engine;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** That it helps can only be seen in a process that dies without it: see its comment. */
class ReachableOperationsTest {

  @Test
  void nd4jHoldsAnOperationWhileNativeCodeWorksOnIt() {
    NativeThreads.one();
    assertInstanceOf(ReachableOperations.class, Nd4j.getExecutioner());
  }
}
