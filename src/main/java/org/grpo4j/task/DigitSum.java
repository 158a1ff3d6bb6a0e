package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.grpo4j.declare.Kind;

/**
 * The sum of two digits, {@code 0+0=} to {@code 9+9=}. All 100 problems are trained on and none is
 * held out: the task is learning by heart, from random parameters and without a cold start.
 *
 * <p>{@code digit-sum} asks for two digits: for {@code 3+8=} the answer is {@code 11}, for {@code
 * 1+2=} it is {@code 03}. With the whole answer as the only reward the policy settles on the most
 * frequent answer and its entropy goes to zero, in every seed: entropy collapse.
 *
 * <p>{@code digit-sum-mod10} asks for the last digit: for {@code 3+8=} the answer is {@code 1}.
 * With credit per character, a small entropy bonus and patience it succeeds: R1-Zero in miniature.
 */
public abstract class DigitSum extends ListedTask {

  /** Enough for two digits and the end token. */
  private static final int MAX_NEW_TOKENS = 3;

  private DigitSum(IntFunction<String> answer) {
    super(problems(answer), DigitSum::digitsInOrder, 0, MAX_NEW_TOKENS);
  }

  /** {@code digit-sum}: both digits of the sum. */
  @Kind(value = "digit-sum", description = "Sums of two digits, learnt by heart: both digits.")
  public static final class BothDigits extends DigitSum {

    /** The task; all instances are alike. */
    public BothDigits() {
      super(sum -> "" + sum / 10 + sum % 10);
    }
  }

  /** {@code digit-sum-mod10}: the last digit of the sum. */
  @Kind(
      value = "digit-sum-mod10",
      description = "Sums of two digits, learnt by heart: the last digit.")
  public static final class LastDigit extends DigitSum {

    /** The task; all instances are alike. */
    public LastDigit() {
      super(sum -> Integer.toString(sum % 10));
    }
  }

  /** The right answer; the recipe of this task has no cold start. */
  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    return problem.answer();
  }

  /** All 100 ordered pairs. */
  private static List<Problem> problems(IntFunction<String> answer) {
    List<Problem> problems = new ArrayList<>();
    for (int left = 0; left <= 9; left++) {
      for (int right = 0; right <= 9; right++) {
        problems.add(new Problem(left + "+" + right + "=", answer.apply(left + right)));
      }
    }
    return problems;
  }

  private static String digitsInOrder(Problem problem) {
    char left = problem.prompt().charAt(0);
    char right = problem.prompt().charAt(2);
    return left <= right ? "" + left + right : "" + right + left;
  }
}
