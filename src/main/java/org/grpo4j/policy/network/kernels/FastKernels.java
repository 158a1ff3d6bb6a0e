package org.grpo4j.policy.network.kernels;

import org.grpo4j.policy.network.engine.NativeThreads;

/** The choice of the fastest kernels that there are here. */
public final class FastKernels {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final Kernels WITH_BLAS = withBlasOnOneThread();
  private static final Kernels FASTEST = vectorsAvailable() ? Vectorized.create() : WITH_BLAS;

  private FastKernels() {}

  /** Apart, so that the Vector API is touched only where it exists. */
  private static final class Vectorized {

    private Vectorized() {}

    static Kernels create() {
      return Lanes.usable()
          ? new Kernels(new VectorMultiply(), new VectorAttention(), new VectorLayerNorm())
          : WITH_BLAS;
    }

    static String describe() {
      return "Vector API, " + Lanes.SPECIES.length() + " floats at a time";
    }
  }

  private static Kernels withBlasOnOneThread() {
    NativeThreads.one();
    return new Kernels(new BlasMultiply(), new ScalarAttention(), new ScalarLayerNorm());
  }

  /**
   * Whether the module of the Vector API is there: because the JVM was started with {@code
   * --add-modules jdk.incubator.vector}, which prints a warning at every start, or because it can
   * be resolved now, which needs {@code --add-exports java.base/jdk.internal.module=ALL-UNNAMED}.
   */
  private static boolean vectorsAvailable() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent() || vectorsResolved();
  }

  private static boolean vectorsResolved() {
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, VECTOR_MODULE);
      return true;
    } catch (ReflectiveOperationException e) {
      return false; // another JVM, or started without the option
    }
  }

  /** OpenBLAS and plain loops: runs everywhere. */
  static Kernels withBlas() {
    return WITH_BLAS;
  }

  /** The Vector API where the JVM was started with it, else {@link #withBlas}. */
  public static Kernels fastest() {
    return FASTEST;
  }

  /** The name of what {@link #fastest} computes with; the last bits of results depend on it. */
  public static String describeFastest() {
    return FASTEST.equals(WITH_BLAS) ? "OpenBLAS and plain loops" : Vectorized.describe();
  }
}
