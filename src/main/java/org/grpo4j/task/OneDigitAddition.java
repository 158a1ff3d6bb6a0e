package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The sums {@code 0+0=} to {@code 9+9=}. */
final class OneDigitAddition {

  /** Length of {@code 3+8=}. */
  static final int PROMPT_LENGTH = 4;

  /** Enough for two digits and the end token. */
  static final int MAX_NEW_TOKENS = 3;

  private OneDigitAddition() {}

  /** All 100 ordered pairs with {@code answer(sum)}, shuffled as every task is; none held out. */
  static List<Problem> problems(IntFunction<String> answer) {
    List<Problem> problems = new ArrayList<>();
    for (int left = 0; left <= 9; left++) {
      for (int right = 0; right <= 9; right++) {
        problems.add(new Problem(left + "+" + right + "=", answer.apply(left + right)));
      }
    }
    return TrainTestSplit.of(problems, 0, OneDigitAddition::twinKey).training();
  }

  /** The two digits in ascending order. */
  static String twinKey(Problem problem) {
    char left = problem.prompt().charAt(0);
    char right = problem.prompt().charAt(2);
    return "" + (char) Math.min(left, right) + (char) Math.max(left, right);
  }
}
