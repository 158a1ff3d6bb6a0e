package org.grpo4j.policy.network.kernels;

import org.grpo4j.policy.network.engine.NativeThreads;

/** The choice of the fastest kernels that there are here. */
public final class FastKernels {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final boolean VECTORS = vectorsAvailable() && Vectorized.usable();

  private FastKernels() {}

  /** Apart, so that the Vector API is touched only where it exists. */
  private static final class Vectorized {

    static final Kernels KERNELS =
        new Kernels(new VectorMultiply(), new VectorAttention(), new VectorLayerNorm());

    private Vectorized() {}

    static boolean usable() {
      return Lanes.usable();
    }

    static String describe() {
      return "Vector API, " + Lanes.SPECIES.length() + " floats at a time";
    }
  }

  /** Apart, so that ND4J and OpenBLAS are loaded only by whoever computes with them. */
  private static final class WithBlas {

    static final Kernels KERNELS = onOneThread();

    private WithBlas() {}

    private static Kernels onOneThread() {
      NativeThreads.one();
      return new Kernels(new BlasMultiply(), new ScalarAttention(), new ScalarLayerNorm());
    }
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
    return WithBlas.KERNELS;
  }

  /** The Vector API where the JVM was started with it, else {@link #withBlas}. */
  public static Kernels fastest() {
    return VECTORS ? Vectorized.KERNELS : withBlas();
  }

  /** Whether {@link #fastest} is made of vectors. */
  public static boolean hasVectors() {
    return VECTORS;
  }

  /** The name of what {@link #fastest} computes with; the last bits of results depend on it. */
  public static String describeFastest() {
    return VECTORS ? Vectorized.describe() : "OpenBLAS and plain loops";
  }
}
