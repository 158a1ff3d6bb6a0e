package org.grpo4j.reward;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;

/**
 * A reward with an {@link OverlongPenalty} as one more part, named {@code overlong}.
 *
 * @param rewardFunction what a completion earns without regard to its length
 * @param penalty what is added
 * @param maxLength length at which the full penalty is reached, in tokens
 */
public record OverlongReward(RewardFunction rewardFunction, OverlongPenalty penalty, int maxLength)
    implements RewardFunction {

  public OverlongReward {
    penalty.check(maxLength);
  }

  @Override
  public Reward score(Problem problem, Completion completion) {
    List<Reward.Part> parts = new ArrayList<>(rewardFunction.score(problem, completion).parts());
    parts.add(new Reward.Part("overlong", penalty.penalty(completion.length(), maxLength), 1));
    return Reward.ofParts(parts);
  }
}
