package org.grpo4j.task;

import java.util.List;
import java.util.SplittableRandom;

/**
 * {@code addc}: adding two-digit numbers without a thought, the sum written from its last digit to
 * its first. For {@code 47+85=} the answer is {@code 231}.
 *
 * <p>In this order each digit depends on two columns and one carry, so a small network learns it.
 * The cold-start corpus forgets every carry in 60 % of the examples ({@code 22}). The task is used
 * to show inner epochs and clipping.
 */
public final class ReversedAddition implements TaskSource {

  /** The name in experiment files. */
  public static final String NAME = "addc";

  private static final double FORGETS_CARRIES = 0.6;

  private final TrainTestSplit split =
      TrainTestSplit.of(
          TwoDigitAddition.allProblems().stream()
              .map(sum -> new Problem(sum.prompt(), TwoDigitAddition.reverse(sum.answer())))
              .toList(),
          TwoDigitAddition.HELD_OUT_SHARE,
          TwoDigitAddition::twinKey);

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
    return TwoDigitAddition.PROMPT_LENGTH;
  }

  /** 5: {@code 231$} and one to spare. */
  @Override
  public int maxNewTokens() {
    return 5;
  }

  @Override
  public List<Problem> trainingProblems() {
    return split.training();
  }

  @Override
  public List<Problem> heldOutProblems() {
    return split.heldOut();
  }

  @Override
  public String twinKey(Problem problem) {
    return TwoDigitAddition.twinKey(problem);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    return random.nextDouble() < FORGETS_CARRIES
        ? TwoDigitAddition.reversedSumWithoutCarries(problem.prompt())
        : problem.answer();
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
