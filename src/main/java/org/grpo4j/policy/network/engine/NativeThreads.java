package org.grpo4j.policy.network.engine;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps native code to one thread. Work is spread over sequences by {@code Workers}; threads inside
 * an operation would change the order of additions, hence the bits, and cost more than they bring
 * at these sizes. And gives ND4J the executioner that a garbage collection cannot surprise, {@link
 * ReachableOperations}.
 */
public final class NativeThreads {

  static {
    System.setProperty("opexec", ReachableOperations.class.getName());
    // First ND4J, which sets the number of BLAS threads when it starts.
    Environment environment = Nd4j.getEnvironment();
    environment.setMaxThreads(1);
    environment.setMaxMasterThreads(1);
    openblas.blas_set_num_threads(1);
  }

  private NativeThreads() {}

  /** Does the above once. */
  public static void one() {}
}
