package org.grpo4j.playground.jdk.java.util;

/**
 * {@link java.util.SplittableRandom} as far as it is used: the generator of Steele, Lea and Flood
 * (2014) and the JDK's ways from its bits to a number.
 */
public final class SmallSplittableRandom {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long seed;

  /** The generator that the JDK makes of this seed. */
  public SmallSplittableRandom(long seed) {
    this.seed = seed;
  }

  /** Any long. */
  public long nextLong() {
    seed += GOLDEN_GAMMA;
    long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Any int; mixed in another way than a long. */
  public int nextInt() {
    seed += GOLDEN_GAMMA;
    long z = (seed ^ (seed >>> 33)) * 0x62A9D9ED799705F5L;
    return (int) (((z ^ (z >>> 28)) * 0xCB24D0A5C88C35B3L) >>> 32);
  }

  /**
   * One of 0 to {@code bound - 1}, all equally often: draws from the incomplete last round of the
   * ints are thrown away.
   *
   * @param bound positive
   */
  public int nextInt(int bound) {
    int drawn = nextInt();
    int mask = bound - 1;
    if ((bound & mask) == 0) {
      return drawn & mask;
    }
    int bits = drawn >>> 1;
    int number = bits % bound;
    while (bits + mask - number < 0) {
      bits = nextInt() >>> 1;
      number = bits % bound;
    }
    return number;
  }

  /** In [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** True or false. */
  public boolean nextBoolean() {
    return nextInt() < 0;
  }
}
