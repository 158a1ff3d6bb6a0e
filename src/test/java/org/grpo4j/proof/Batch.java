package org.grpo4j.proof;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.StepRewards;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.ObjectiveInputs;

/**
 * One batch that could have been sampled: a group of completions of each prompt.
 *
 * @param probability that these completions are sampled, in any order
 */
public record Batch(ExactWorld world, List<ExactWorld.Row> rows, double probability) {

  public RowGroups groups() {
    return RowGroups.of(rows.stream().mapToInt(ExactWorld.Row::prompt).toArray());
  }

  public TokenTable logProbs() {
    return TokenTable.of(rows.stream().map(ExactWorld.Row::logProbs).toList());
  }

  public TokenTable mask() {
    return TokenTable.constant(logProbs().lengths(), 1);
  }

  public DoubleVector rewards() {
    return DoubleVector.of(rows.stream().mapToDouble(ExactWorld.Row::reward).toArray());
  }

  /**
   * Everything that any estimator may want: the greedy completion's reward, the reward as the only
   * step at the end, as the last token's, and as two unequal halves; a critic's values.
   *
   * @param critic what the critic says before token {@code t} of a row
   */
  public AdvantageInputs advantageInputs(Critic critic) {
    TokenTable mask = mask();
    int size = rows.size();
    double[] greedy = new double[size];
    double[][] stepRewards = new double[size][];
    double[][] stepEnds = new double[size][];
    double[][] parts = new double[size][];
    double[][] values = new double[size][];
    double[][] scoreNorms = new double[size][];
    for (int i = 0; i < size; i++) {
      ExactWorld.Row row = rows.get(i);
      int length = row.logProbs().size();
      greedy[i] = world.greedyReward(row.prompt());
      stepRewards[i] = new double[] {row.reward()};
      stepEnds[i] = new double[] {length - 1};
      parts[i] = new double[] {0.75 * row.reward(), 0.25 * row.reward()};
      values[i] = new double[length];
      scoreNorms[i] = new double[length];
      for (int t = 0; t < length; t++) {
        values[i][t] = critic.value(world, row, t);
        double[] score = row.scores().get(t).toArray();
        scoreNorms[i][t] = Vectors.dot(score, score);
      }
    }
    return AdvantageInputs.of(rewards(), groups(), mask)
        .withGreedyRewards(DoubleVector.of(greedy))
        .withSteps(new StepRewards(TokenTable.of(stepRewards), TokenTable.of(stepEnds)))
        .withRewardParts(TokenTable.of(parts))
        .withTokenRewards(KlInReward.atLastToken(rewards(), mask))
        .withValues(TokenTable.of(values))
        .withScoreNorms(TokenTable.of(scoreNorms));
  }

  /** What the objective sees in the first step on the batch: the old policy is the current one. */
  public ObjectiveInputs objectiveInputs(Advantages advantages) {
    return ObjectiveInputs.of(logProbs(), logProbs(), advantages.perToken(), mask(), groups());
  }

  /** The same with a reference policy that knows the same completions. */
  public ObjectiveInputs objectiveInputs(Advantages advantages, Optional<ExactWorld> reference) {
    ObjectiveInputs inputs = objectiveInputs(advantages);
    return reference.isPresent() ? inputs.withReference(logProbs(reference.get())) : inputs;
  }

  /** What another policy says of the same completions. */
  public TokenTable logProbs(ExactWorld other) {
    return TokenTable.of(
        rows.stream().map(row -> other.rows().get(row.number()).logProbs()).toList());
  }

  /** Values before each token. */
  public interface Critic {
    double value(ExactWorld world, ExactWorld.Row row, int token);
  }
}
