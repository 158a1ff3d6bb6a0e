package org.grpo4j.policy.network.dl4j;

import java.util.SplittableRandom;

/** Standard normal numbers with the same bits on every JDK and processor. */
public final class NormalDeviates {

  private NormalDeviates() {}

  /** One deviate by the cosine branch of Box and Muller (1958), in strict arithmetic. */
  public static double next(SplittableRandom random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
