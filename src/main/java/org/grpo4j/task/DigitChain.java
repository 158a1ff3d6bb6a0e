package org.grpo4j.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;
import org.grpo4j.math.Elementary;

/**
 * {@code chain}: the last digit of a digit sum, one step of thought per digit. For {@code 7384_=}
 * (three to five digits, filled up with {@code _}) the right completion is {@code [7082]2}: the
 * running sums modulo 10, then the answer.
 *
 * <p>The thought can be judged step by step ({@link #stepsCorrect}), so the task compares outcome
 * with process supervision. In the cold-start corpus each step is, with probability 0.4, a random
 * digit from which the pupil carries on. Only the answer decides whether a completion is correct.
 *
 * <p>The problems are all 1,000 digit strings of length 3 and 4,000 each of length 4 and 5, chosen
 * once and for all; 10 % are held out, each with all orders of its digits.
 */
@Kind(
    value = "chain",
    description = "The last digit of a sum of digits, one step of thought per digit.")
public final class DigitChain extends ListedTask {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 5;
  private static final int PROBLEMS_PER_LENGTH = 4000;
  private static final double HELD_OUT_SHARE = 0.1;
  private static final double RANDOM_STEP = 0.4;
  private static final char FILL = '_';

  /** {@code [70829]9$} and one to spare. */
  private static final int MAX_NEW_TOKENS = 10;

  /** The task; all instances are alike. */
  public DigitChain() {
    super(someProblems(), DigitChain::sortedDigits, HELD_OUT_SHARE, MAX_NEW_TOKENS);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    String digits = digits(problem);
    StringBuilder thought = new StringBuilder();
    int running = 0;
    for (int i = 0; i < digits.length(); i++) {
      running = (running + digits.charAt(i) - '0') % 10;
      if (Chance.of(RANDOM_STEP, random)) {
        running = random.nextInt(10);
      }
      thought.append(running);
    }
    return "[" + thought + "]" + running;
  }

  @Override
  public String answerOf(Problem problem, String completion) {
    return ThoughtAndAnswer.of(completion).answer();
  }

  /**
   * For each step of the thought, whether it is the right running sum of the digits so far. Steps
   * beyond the problem's digits are wrong.
   *
   * @return as many elements as the thought of {@code completion} has characters
   */
  @Override
  public List<Boolean> stepsCorrect(Problem problem, String completion) {
    return ThoughtAndAnswer.of(completion).thoughtAgainst(runningSums(digits(problem)));
  }

  private static List<Problem> someProblems() {
    List<Problem> problems = new ArrayList<>();
    for (int length = SHORTEST; length <= LONGEST; length++) {
      int possible = (int) Elementary.power(10, length);
      SplittableRandom random = TrainTestSplit.fixedStream(length);
      Set<Integer> chosen = new LinkedHashSet<>();
      while (chosen.size() < Math.min(possible, PROBLEMS_PER_LENGTH)) {
        chosen.add(random.nextInt(possible));
      }
      for (int number : chosen) {
        // 10^length + number has one digit too many, the leading 1: what follows keeps its zeros.
        problems.add(problem(Integer.toString(possible + number).substring(1)));
      }
    }
    return problems;
  }

  private static Problem problem(String digits) {
    String fill = String.valueOf(FILL).repeat(LONGEST - digits.length());
    String sums = runningSums(digits);
    return new Problem(digits + fill + "=", sums.substring(sums.length() - 1));
  }

  /** {@code 7082} for {@code 7384}. */
  private static String runningSums(String digits) {
    StringBuilder sums = new StringBuilder();
    int running = 0;
    for (int i = 0; i < digits.length(); i++) {
      running = (running + digits.charAt(i) - '0') % 10;
      sums.append(running);
    }
    return sums.toString();
  }

  /** {@code 3478} of {@code 7384_=}. */
  private static String sortedDigits(Problem problem) {
    char[] digits = digits(problem).toCharArray();
    Arrays.sort(digits);
    return new String(digits);
  }

  /** {@code 7384} of {@code 7384_=}. */
  private static String digits(Problem problem) {
    String prompt = problem.prompt();
    int fill = prompt.indexOf(FILL);
    return prompt.substring(0, fill < 0 ? LONGEST : fill);
  }
}
