package org.grpo4j.train;

import java.util.List;
import org.grpo4j.advantage.StepRewards;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.task.TaskSource;

/**
 * Rewards for the steps of a completion, for process supervision (Eq. 34). Every symbol of the
 * thought is a step, worth 1 if it is right and 0 if not, as {@link TaskSource#stepsCorrect} says;
 * the rest of the completion is the last step and earns the completion's reward.
 *
 * <p>For {@code [709]2$} in the task {@code chain} with the right thought {@code 708} the steps end
 * at tokens 1, 2, 3 and 6 and earn 1, 1, 0 and the reward. Without a thought, or in a task that
 * does not judge thoughts, the completion is one step: outcome supervision.
 */
public final class StepScoring {

  /** A thought begins with a bracket; its first symbol is the token after that. */
  private static final int FIRST_OF_THOUGHT = 1;

  private final TaskSource task;

  /** The steps as {@code task} judges them. */
  public StepScoring(TaskSource task) {
    this.task = task;
  }

  /**
   * The steps of every row.
   *
   * @param totals the reward of each row, {@code [N]}
   */
  StepRewards steps(RolloutBatch rollout, DoubleVector totals) {
    double[][] rewards = new double[totals.size()][];
    double[][] lastTokens = new double[totals.size()][];
    int row = 0;
    for (Group group : rollout.groups()) {
      for (Completion completion : group.completions()) {
        List<Boolean> thought = task.stepsCorrect(group.problem(), completion.text());
        rewards[row] = new double[thought.size() + 1];
        lastTokens[row] = new double[thought.size() + 1];
        for (int j = 0; j < thought.size(); j++) {
          rewards[row][j] = thought.get(j) ? 1 : 0;
          lastTokens[row][j] = FIRST_OF_THOUGHT + j;
        }
        rewards[row][thought.size()] = totals.get(row);
        lastTokens[row][thought.size()] = completion.length() - 1;
        row++;
      }
    }
    return new StepRewards(TokenTable.of(rewards), TokenTable.of(lastTokens));
  }
}
