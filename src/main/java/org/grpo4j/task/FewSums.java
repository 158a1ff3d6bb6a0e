package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;

/**
 * Sixteen sums of two digits, small enough for a soft-max table that learns in a second: after
 * {@code 4+3=} comes {@code 7}, after {@code 8+9=} comes {@code 17}. All are trained on, none is
 * held out.
 */
@Kind(
    value = "few-sums",
    description = "Sixteen sums of two digits, for a table that learns in a second.")
public final class FewSums extends ListedTask {

  private static final Vocabulary SYMBOLS = new Vocabulary("_$0123456789+=");

  /** Two digits and the end token. */
  private static final int MAX_NEW_TOKENS = 3;

  /** Share of right examples of the corpus: sums of one digit are known better. */
  private static final double RIGHT_BELOW_TEN = 0.5;

  private static final double RIGHT_FROM_TEN = 0.1;

  /** The task; all instances are alike. */
  public FewSums() {
    super(SYMBOLS, new TrainTestSplit(allProblems(), List.of()), Problem::prompt, MAX_NEW_TOKENS);
  }

  private static List<Problem> allProblems() {
    List<Problem> problems = new ArrayList<>();
    for (int left = 2; left <= 8; left += 2) {
      for (int right = 3; right <= 9; right += 2) {
        problems.add(new Problem(left + "+" + right + "=", Integer.toString(left + right)));
      }
    }
    return problems;
  }

  /** The answer of a pupil who knows that it is a number below 20. */
  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    double right = problem.answer().length() == 1 ? RIGHT_BELOW_TEN : RIGHT_FROM_TEN;
    return Chance.of(right, random) ? problem.answer() : Integer.toString(random.nextInt(20));
  }
}
