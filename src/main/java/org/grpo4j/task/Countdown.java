package org.grpo4j.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.grpo4j.declare.Kind;

/**
 * {@code countdown}: reach a number with three others. For {@code 3,5,7:26=} one answer is {@code
 * 3*7+5}: each number once, in any order, with {@code + - *} and the usual precedence.
 *
 * <p>Many answers are right, and a policy this small cannot search for one: it guesses. 30 % of the
 * cold-start corpus hits the target, the rest are expressions of the right numbers that ignore it.
 * Reinforcement learning then raises pass@1 and lowers pass@64: it sharpens, and narrows.
 *
 * <p>The problems are all ordered triples of numbers from 1 to 9 with every target from 0 to 99
 * that some expression of them reaches; 8 % are held out, each with all orders of its numbers:
 * {@code 3,5,7:26=} and {@code 5,3,7:26=} are on the same side.
 */
@Kind(
    value = "countdown",
    description = "Reach a number with three others; many answers are right.")
public final class Countdown extends ListedTask {

  private static final double HELD_OUT_SHARE = 0.08;
  private static final double HITS_THE_TARGET = 0.3;
  private static final int LARGEST_TARGET = 99;

  /** {@code 3*7+5$}. */
  private static final int MAX_NEW_TOKENS = 6;

  /** The task; all instances are alike. */
  public Countdown() {
    super(allProblems(), Countdown::numbersAndTarget, HELD_OUT_SHARE, MAX_NEW_TOKENS);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    List<CountdownExpression> candidates = CountdownExpression.all(numbers(problem));
    if (Chance.of(HITS_THE_TARGET, random)) {
      int target = target(problem);
      candidates.removeIf(expression -> expression.value() != target);
    }
    return candidates.get(random.nextInt(candidates.size())).text();
  }

  /** Any right expression; as answers of a vote two different ones are different. */
  @Override
  public boolean isCorrect(Problem problem, String completion) {
    if (!CountdownExpression.isWellFormed(completion)) {
      return false;
    }
    CountdownExpression expression = new CountdownExpression(completion);
    return expression.usesExactly(numbers(problem)) && expression.value() == target(problem);
  }

  private static List<Problem> allProblems() {
    List<Problem> problems = new ArrayList<>();
    for (int triple = 111; triple <= 999; triple++) {
      String numbers = Integer.toString(triple);
      if (numbers.indexOf('0') < 0) {
        TreeSet<Integer> targets = new TreeSet<>();
        for (CountdownExpression expression : CountdownExpression.all(numbers)) {
          targets.add(expression.value());
        }
        for (int target : targets.subSet(0, true, LARGEST_TARGET, true)) {
          problems.add(problem(numbers, target));
        }
      }
    }
    return problems;
  }

  private static Problem problem(String numbers, int target) {
    String twoDigits = "" + target / 10 + target % 10;
    String listed = numbers.charAt(0) + "," + numbers.charAt(1) + "," + numbers.charAt(2);
    return new Problem(listed + ":" + twoDigits + "=", twoDigits);
  }

  /** {@code 357} of {@code 3,5,7:26=}. */
  private static String numbers(Problem problem) {
    String prompt = problem.prompt();
    return "" + prompt.charAt(0) + prompt.charAt(2) + prompt.charAt(4);
  }

  /** {@code 357:26} of {@code 7,3,5:26=}. */
  private static String numbersAndTarget(Problem problem) {
    char[] numbers = numbers(problem).toCharArray();
    Arrays.sort(numbers);
    return new String(numbers) + problem.prompt().substring(5, 8);
  }

  private static int target(Problem problem) {
    return Integer.parseInt(problem.answer());
  }
}
