package org.grpo4j.playground.engine;

import java.util.List;
import java.util.Map;
import org.grpo4j.reward.Reward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;

/**
 * The rules of a reward, some of whose verdicts somebody overrules. Rows are told apart by the
 * order in which a trainer has them scored, which is that of the rollout; whatever is scored after
 * them, such as a baseline, is left to the rules.
 */
final class RewardsByHand {

  private final RewardFunction rules;
  private Map<Integer, Double> given = Map.of();
  private int row;

  RewardsByHand(RewardFunction rules) {
    this.rules = rules;
  }

  /** Begins an update in which these rows have these rewards. */
  void begin(Map<Integer, Double> rewards) {
    given = rewards;
    row = 0;
  }

  /** The reward of the next row. */
  Reward score(Problem problem, Completion completion) {
    Reward ruled = rules.score(problem, completion);
    Double value = given.get(row++);
    if (value == null) {
      return ruled;
    }
    Reward.Part first = ruled.parts().get(0);
    boolean isOnlyPart = ruled.parts().size() == 1 && first.weight() == 1;
    List<Reward.Part> parts =
        isOnlyPart ? List.of(new Reward.Part(first.name(), value, 1)) : ruled.parts();
    return new Reward(value, parts);
  }
}
