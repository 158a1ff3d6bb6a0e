package org.grpo4j.task;

import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;

/**
 * {@code think-add}, the task of the main job: adding two-digit numbers, where thinking first
 * helps.
 *
 * <p>For {@code 47+85=} the policy may write the sum's digits right to left as a thought, then the
 * answer: {@code [231]132}. It may also leave the thought empty, {@code []132}; for a network this
 * small that is hopeless, because the first digit then depends on all carries. Only the answer is
 * judged.
 *
 * <p>The cold-start corpus is the work of {@linkplain CarelessPupil careless pupils}: 40 % think,
 * but 40 % of those forget every carry, consistently in thought and answer ({@code [22]22}); 60 %
 * do not think, and half of those are near misses. So the policy starts with both habits, thinking
 * and carrying, in the minority, and reinforcement learning has something to choose from.
 */
@Kind(value = "think-add", description = "Two-digit sums, with room to think first; the main job.")
public final class ThinkAdd extends ListedTask {

  /** {@code [231]132$}. */
  private static final int MAX_NEW_TOKENS = 9;

  /** The task; all instances are alike. */
  public ThinkAdd() {
    super(
        TwoDigitAddition.allProblems(),
        TwoDigitAddition::twinKey,
        TwoDigitAddition.HELD_OUT_SHARE,
        MAX_NEW_TOKENS);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    return CarelessPupil.completion(
        TwoDigitAddition.reverse(problem.answer()),
        TwoDigitAddition.reversedSumWithoutCarries(problem.prompt()),
        random);
  }

  @Override
  public String answerOf(Problem problem, String completion) {
    return ThoughtAndAnswer.of(completion).answer();
  }

  /** The thought is right where it is the sum, written from right to left. */
  @Override
  public List<Boolean> stepsCorrect(Problem problem, String completion) {
    String right = TwoDigitAddition.reverse(problem.answer());
    return ThoughtAndAnswer.of(completion).thoughtAgainst(right);
  }
}
