package org.grpo4j.policy.network;

/**
 * The set of kernels in use.
 *
 * @param multiply matrix products
 * @param attention attention
 */
record Kernels(MatrixMultiply multiply, Attention attention) {

  private static final Kernels PLAIN = plainOnOneThread();
  private static final Kernels FASTEST = vectorsAvailable() ? Vectorized.create() : PLAIN;

  /** Apart, so that the Vector API is touched only where it exists. */
  private static final class Vectorized {

    private Vectorized() {}

    static Kernels create() {
      return Lanes.usable() ? new Kernels(new VectorMultiply(), new VectorAttention()) : PLAIN;
    }

    static String describe() {
      return "Vector API, " + Lanes.SPECIES.length() + " floats at a time";
    }
  }

  private static Kernels plainOnOneThread() {
    NativeThreads.one();
    return new Kernels(new BlasMultiply(), new ScalarAttention());
  }

  private static boolean vectorsAvailable() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /** OpenBLAS and plain loops: runs everywhere. */
  static Kernels plain() {
    return PLAIN;
  }

  /** The Vector API where the JVM was started with it, else {@link #plain}. */
  static Kernels fastest() {
    return FASTEST;
  }

  /** What {@link #fastest} computes with, on which the last bits of its results depend. */
  static String describeFastest() {
    return FASTEST.equals(PLAIN) ? "OpenBLAS and plain loops" : Vectorized.describe();
  }
}
