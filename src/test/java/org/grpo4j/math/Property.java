package org.grpo4j.math;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Checks something on many random cases and says which case failed, so that it can be repeated. */
public final class Property {

  private static final int CASES = 200;

  private Property() {}

  /** Runs {@code check} on {@value #CASES} generators, numbered from 0. */
  public static void forAll(Consumer<SplittableRandom> check) {
    for (int number = 0; number < CASES; number++) {
      try {
        check.accept(new SplittableRandom(number));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("case " + number + ": " + e.getMessage(), e);
      }
    }
  }

  /** A number from a distribution around 0 whose tails reach beyond every clip range. */
  public static double around(SplittableRandom random, double scale) {
    return scale * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
  }
}
