package org.grpo4j.performance;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The most that one core can do: fused multiply-adds in registers, and copies. Best of many. */
final class MachineLimits {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats of a vector. */
  static final int LANES = SPECIES.length();

  private static final int CHAINS = 12;
  private static final int STEPS = 100_000;
  private static final int ROUNDS = 60;

  /** Bytes that are copied in a round. */
  private static final long COPIED = 256L << 20;

  private MachineLimits() {}

  /** Floating-point operations a second, two for each multiply-add. */
  static double operationsPerSecond() {
    float[] out = new float[LANES];
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      multiplyAndAdd(out);
      best = Math.min(best, System.nanoTime() - begun);
    }
    return 2.0 * CHAINS * LANES * STEPS * 1e9 / best;
  }

  /** Twelve sums that do not wait for each other: a multiply-add takes some four cycles. */
  private static void multiplyAndAdd(float[] out) {
    FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector y = FloatVector.broadcast(SPECIES, 1e-3f);
    FloatVector a = y;
    FloatVector b = y;
    FloatVector c = y;
    FloatVector d = y;
    FloatVector e = y;
    FloatVector f = y;
    FloatVector g = y;
    FloatVector h = y;
    FloatVector i = y;
    FloatVector j = y;
    FloatVector k = y;
    FloatVector l = y;
    for (int step = 0; step < STEPS; step++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
      k = k.fma(x, y);
      l = l.fma(x, y);
    }
    FloatVector sum =
        a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
    sum.intoArray(out, 0);
  }

  /** Bytes a second, read and written, of copies between two arrays of {@code bytes} together. */
  static double bytesPerSecond(long bytes) {
    float[] from = new float[(int) (bytes / 2 / Float.BYTES)];
    float[] to = new float[from.length];
    Arrays.fill(from, 1f);
    int copies = (int) Math.max(1, COPIED / bytes);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      for (int copy = 0; copy < copies; copy++) {
        System.arraycopy(from, 0, to, 0, from.length);
      }
      best = Math.min(best, System.nanoTime() - begun);
    }
    return (double) bytes * copies * 1e9 / best;
  }
}
