package org.grpo4j.policy.network;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;

import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;

/**
 * The speed at which one thread multiplies large matrices here: what a network is compared with.
 */
public final class MatrixPeak {

  private static final int SIZE = 384;
  private static final int ROUNDS = 60;
  private static final double NANOS_PER_SECOND = 1e9;

  private MatrixPeak() {}

  /** Floating-point operations a second of {@code cblas_sgemm} on one thread, best of many. */
  public static double floatOperationsPerSecond() {
    float[] a = new float[SIZE * SIZE];
    float[] b = new float[SIZE * SIZE];
    float[] c = new float[SIZE * SIZE];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      openblas.cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasNoTrans,
          SIZE,
          SIZE,
          SIZE,
          1f,
          a,
          SIZE,
          b,
          SIZE,
          0f,
          c,
          SIZE);
      best = Math.min(best, System.nanoTime() - start);
    }
    return 2.0 * SIZE * SIZE * SIZE * NANOS_PER_SECOND / best;
  }
}
