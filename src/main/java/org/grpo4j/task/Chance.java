package org.grpo4j.task;

import java.util.SplittableRandom;

/** One draw that decides between two things. */
final class Chance {

  private Chance() {}

  /** True with this probability: never for 0, always for 1. */
  static boolean of(double probability, SplittableRandom random) {
    return random.nextDouble() < probability;
  }
}
