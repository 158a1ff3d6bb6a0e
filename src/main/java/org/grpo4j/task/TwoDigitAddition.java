package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;

/** The sums {@code 10+10=} to {@code 99+99=} and how a careless pupil adds them. */
final class TwoDigitAddition {

  /** 810 of the 8,100 sums are held out. */
  static final double HELD_OUT_SHARE = 0.1;

  private static final int SMALLEST = 10;
  private static final int LARGEST = 99;

  private TwoDigitAddition() {}

  /** All 8,100 ordered pairs; the answer is the sum in reading order, such as {@code 132}. */
  static List<Problem> allProblems() {
    List<Problem> problems = new ArrayList<>();
    for (int left = SMALLEST; left <= LARGEST; left++) {
      for (int right = SMALLEST; right <= LARGEST; right++) {
        problems.add(new Problem(left + "+" + right + "=", Integer.toString(left + right)));
      }
    }
    return problems;
  }

  /** The summands, the smaller first: {@code 47+85=} and {@code 85+47=} are twins. */
  static String twinKey(Problem problem) {
    String left = problem.prompt().substring(0, 2);
    String right = problem.prompt().substring(3, 5);
    return left.compareTo(right) <= 0 ? left + "+" + right : right + "+" + left;
  }

  /**
   * The digits right to left as they come out if every carry is forgotten: each column modulo 10,
   * no carry at the end. {@code 47+85=} gives {@code 22}, {@code 50+50=} gives {@code 00}.
   */
  static String reversedSumWithoutCarries(String prompt) {
    int ones = digit(prompt, 1) + digit(prompt, 4);
    int tens = digit(prompt, 0) + digit(prompt, 3);
    return "" + ones % 10 + tens % 10;
  }

  /** The number of columns that carry, 0 to 2. */
  static int carries(String prompt) {
    int ones = (digit(prompt, 1) + digit(prompt, 4)) / 10;
    return ones + (digit(prompt, 0) + digit(prompt, 3) + ones) / 10;
  }

  /** {@code text} from its last character to its first. */
  static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  private static int digit(String prompt, int index) {
    return prompt.charAt(index) - '0';
  }
}
