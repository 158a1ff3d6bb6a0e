package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;

/**
 * {@code think-subtract}: the difference of two-digit numbers, where thinking first helps, as a
 * second skill beside {@link ThinkAdd}. For {@code 85-47=} the policy may write the difference from
 * right to left as a thought, then the answer: {@code [83]38}. Differences are from 10 to 89.
 *
 * <p>The cold-start corpus is that of the careless pupils, who forget to borrow: {@code [84]48}.
 * Problems are labelled {@code borrows-0} or {@code borrows-1}; none has a twin.
 */
@Kind(value = "think-subtract", description = "Two-digit differences, with room to think first.")
public final class ThinkSubtract extends ListedTask {

  private static final int SMALLEST = 10;
  private static final int LARGEST = 99;
  private static final double HELD_OUT_SHARE = 0.1;

  /** {@code [83]38$} and one to spare. */
  private static final int MAX_NEW_TOKENS = 8;

  /** The task; all instances are alike. */
  public ThinkSubtract() {
    super(Vocabulary.ARITHMETIC, allProblems(), Problem::prompt, HELD_OUT_SHARE, MAX_NEW_TOKENS);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    String prompt = problem.prompt();
    int ones = Math.floorMod(prompt.charAt(1) - prompt.charAt(4), 10);
    int tens = prompt.charAt(0) - prompt.charAt(3);
    return CarelessPupil.completion(
        TwoDigitAddition.reverse(problem.answer()), "" + ones + tens, random);
  }

  @Override
  public String answerOf(Problem problem, String completion) {
    return ThoughtAndAnswer.of(completion).answer();
  }

  /** The thought is right where it is the difference, written from right to left. */
  @Override
  public List<Boolean> stepsCorrect(Problem problem, String completion) {
    String right = TwoDigitAddition.reverse(problem.answer());
    return ThoughtAndAnswer.of(completion).thoughtAgainst(right);
  }

  @Override
  public String readableSymbols(Problem problem) {
    return "0123456789";
  }

  private static List<Problem> allProblems() {
    List<Problem> problems = new ArrayList<>();
    for (int right = SMALLEST; right <= LARGEST; right++) {
      for (int left = right + SMALLEST; left <= LARGEST; left++) {
        String label = left % 10 < right % 10 ? "borrows-1" : "borrows-0";
        problems.add(new Problem(left + "-" + right + "=", "" + (left - right), List.of(label)));
      }
    }
    return problems;
  }
}
