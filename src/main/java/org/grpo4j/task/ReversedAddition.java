package org.grpo4j.task;

import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;

/**
 * {@code addc}: adding two-digit numbers without a thought, the sum written from its last digit to
 * its first. For {@code 47+85=} the answer is {@code 231}.
 *
 * <p>In this order each digit depends on two columns and one carry, so a small network learns it.
 * The cold-start corpus forgets every carry in 60 % of the examples ({@code 22}). The task is used
 * to show inner epochs and clipping.
 */
@Kind(
    value = "addc",
    description = "Two-digit sums without a thought, written from the last digit to the first.")
public final class ReversedAddition extends ListedTask {

  private static final double FORGETS_CARRIES = 0.6;

  /** {@code 231$} and one to spare. */
  private static final int MAX_NEW_TOKENS = 5;

  /** The task; all instances are alike. */
  public ReversedAddition() {
    super(
        TwoDigitAddition.allProblems().stream()
            .map(sum -> new Problem(sum.prompt(), TwoDigitAddition.reverse(sum.answer())))
            .toList(),
        TwoDigitAddition::twinKey,
        TwoDigitAddition.HELD_OUT_SHARE,
        MAX_NEW_TOKENS);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    return Chance.of(FORGETS_CARRIES, random)
        ? TwoDigitAddition.reversedSumWithoutCarries(problem.prompt())
        : problem.answer();
  }
}
