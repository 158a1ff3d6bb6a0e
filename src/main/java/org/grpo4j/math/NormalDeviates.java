package org.grpo4j.math;

import java.util.SplittableRandom;

/** Standard normal numbers with the same bits everywhere: see {@link Elementary}. */
public final class NormalDeviates {

  private NormalDeviates() {}

  /** One deviate by the cosine branch of Box and Muller (1958). */
  public static double next(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Elementary.log(1 - random.nextDouble()));
    return radius * Elementary.cos(2 * Math.PI * random.nextDouble());
  }
}
