package org.grpo4j.task;

import java.util.List;
import java.util.SplittableRandom;

/**
 * {@code digit-sum-mod10}: the last digit of the sum of two digits. For {@code 3+8=} the answer is
 * {@code 1}.
 *
 * <p>All 100 problems are trained on and none is held out: the task is learning by heart, from
 * random parameters and without a cold start. With credit per character, a small entropy bonus and
 * patience it succeeds: R1-Zero in miniature.
 */
public final class DigitSumMod10 implements TaskSource {

  /** The name in experiment files. */
  public static final String NAME = "digit-sum-mod10";

  private final List<Problem> problems =
      OneDigitAddition.problems(sum -> Integer.toString(sum % 10));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Vocabulary vocabulary() {
    return Vocabulary.ARITHMETIC;
  }

  @Override
  public int promptLength() {
    return OneDigitAddition.PROMPT_LENGTH;
  }

  @Override
  public int maxNewTokens() {
    return OneDigitAddition.MAX_NEW_TOKENS;
  }

  @Override
  public List<Problem> trainingProblems() {
    return problems;
  }

  /** None: evaluations ask the training problems. */
  @Override
  public List<Problem> heldOutProblems() {
    return List.of();
  }

  @Override
  public String twinKey(Problem problem) {
    return OneDigitAddition.twinKey(problem);
  }

  /** The right answer; the recipe of this task has no cold start. */
  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    return problem.answer();
  }

  @Override
  public String answerOf(String completion) {
    return completion;
  }

  @Override
  public boolean isCorrect(Problem problem, String completion) {
    return completion.equals(problem.answer());
  }
}
