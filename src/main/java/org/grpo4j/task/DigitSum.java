package org.grpo4j.task;

import java.util.List;
import java.util.SplittableRandom;

/**
 * {@code digit-sum}: the sum of two digits as two digits. For {@code 3+8=} the answer is {@code
 * 11}, for {@code 1+2=} it is {@code 03}.
 *
 * <p>All 100 problems are trained on and none is held out: the task is learning by heart, from
 * random parameters and without a cold start. With the whole answer as the only reward the policy
 * settles on the most frequent answer and its entropy goes to zero, in every seed: entropy
 * collapse.
 */
public final class DigitSum implements TaskSource {

  /** The name in experiment files. */
  public static final String NAME = "digit-sum";

  private final List<Problem> problems = OneDigitAddition.problems(sum -> "" + sum / 10 + sum % 10);

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
