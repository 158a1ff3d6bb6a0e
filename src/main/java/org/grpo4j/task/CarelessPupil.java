package org.grpo4j.task;

import java.util.SplittableRandom;

/**
 * A pupil who knows column arithmetic half: 40 % of the times thinking, and 40 % of those without
 * any carry, consistently in thought and answer ({@code [22]22}); otherwise answering at once
 * ({@code []132}), and half of the times missing it narrowly.
 */
final class CarelessPupil {

  private static final double THINKS = 0.4;
  private static final double FORGETS_CARRIES = 0.4;
  private static final double NEAR_MISS = 0.5;
  private static final int[] NEAR_MISS_ERRORS = {-1, 1, -2, 2, -9, 9, -10, 10, -11, 11, -20, 20};

  private CarelessPupil() {}

  /**
   * A completion of the pupil.
   *
   * @param right the digits of the answer from right to left
   * @param careless the same if every carry is forgotten
   */
  static String completion(String right, String careless, SplittableRandom random) {
    if (Chance.of(THINKS, random)) {
      String digits = Chance.of(FORGETS_CARRIES, random) ? careless : right;
      return "[" + digits + "]" + TwoDigitAddition.reverse(digits);
    }
    int number = Integer.parseInt(TwoDigitAddition.reverse(right));
    if (Chance.of(NEAR_MISS, random)) {
      number = Math.max(1, number + NEAR_MISS_ERRORS[random.nextInt(NEAR_MISS_ERRORS.length)]);
    }
    return "[]" + number;
  }
}
