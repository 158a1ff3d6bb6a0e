package org.grpo4j.experiment;

import java.util.Arrays;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.StepRewards;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * Asks an estimator, instead of a list of estimators, whether it can learn from groups of one: it
 * is shown completions with different rewards, each the only one of its prompt. So the answer is
 * right for an estimator that nobody here knows.
 */
final class LearningProbe {

  private static final int TOKENS = 2;

  /** Beyond any threshold that an experiment can set. */
  private static final double LARGE_REWARD = 1e7;

  private LearningProbe() {}

  /**
   * Whether any advantage differs from 0.
   *
   * @param prompts prompts of an update; with one prompt a baseline over the batch is the reward
   *     itself
   * @param parts number of named rewards
   */
  static boolean learnsFromGroupsOfOne(AdvantageEstimator estimator, int prompts, int parts) {
    int rows = Math.min(2, prompts);
    int[] lengths = new int[rows];
    double[] rewards = new double[rows];
    double[] greedy = new double[rows];
    int[] groups = new int[rows];
    double[][] byPart = new double[rows][parts];
    double[][] byToken = new double[rows][TOKENS];
    double[][] last = new double[rows][TOKENS];
    for (int i = 0; i < rows; i++) {
      rewards[i] = LARGE_REWARD - i;
      greedy[i] = i;
      groups[i] = i;
      lengths[i] = TOKENS;
      Arrays.fill(byPart[i], rewards[i]);
      for (int t = 0; t < TOKENS; t++) {
        byToken[i][t] = rewards[i] - 3 * t;
        last[i][t] = t;
      }
    }
    TokenTable tokens = TokenTable.of(byToken);
    AdvantageInputs inputs =
        AdvantageInputs.of(
                DoubleVector.of(rewards), RowGroups.of(groups), TokenTable.constant(lengths, 1))
            .withGreedyRewards(DoubleVector.of(greedy))
            .withRewardParts(TokenTable.of(byPart))
            .withSteps(new StepRewards(tokens, TokenTable.of(last)))
            .withTokenRewards(tokens)
            .withValues(TokenTable.of(last))
            .withScoreNorms(tokens);
    return Arrays.stream(estimator.estimate(inputs).perToken().toArrays())
        .flatMapToDouble(Arrays::stream)
        .anyMatch(advantage -> advantage != 0);
  }
}
