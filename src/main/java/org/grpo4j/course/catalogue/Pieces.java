package org.grpo4j.course.catalogue;

import java.util.Arrays;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.PassAtK;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.RatioRow;
import org.grpo4j.policy.TokenDistribution;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/**
 * The pieces a training step of GRPO or PPO is made of, each as the library has it. A {@link
 * Mistake} overrides one of them, and whoever writes one anew can be put in its place.
 */
public interface Pieces extends CriticPieces {

  /** The pieces of the library. */
  Pieces LIBRARY = new Pieces() {};

  /** The prompt that row {@code row} of a rollout continues. */
  default int promptOfRow(int row, int prompts, int groupSize) {
    return row / groupSize;
  }

  /** The rows that are compared with each other. */
  default RowGroups groups(int rows, int groupSize) {
    return RowGroups.consecutive(rows, groupSize);
  }

  /** Eq. 3 with sample deviation and {@code stdEpsilon} 1e-4, {@code [N]}. */
  default DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    return GroupRelativeAdvantage.standard().estimate(inputs(rewards, groups)).perRow().get();
  }

  /** Dr. GRPO's form of Eq. 3: centred only; in a group of one the reward itself, {@code [N]}. */
  default DoubleVector centredAdvantages(DoubleVector rewards, RowGroups groups) {
    return advantages(RewardScale.NONE, rewards, groups);
  }

  /** Eq. 3 with the deviation of the whole batch; in a group of one the reward, {@code [N]}. */
  default DoubleVector batchScaledAdvantages(DoubleVector rewards, RowGroups groups) {
    return advantages(RewardScale.BATCH, rewards, groups);
  }

  private static DoubleVector advantages(
      RewardScale scale, DoubleVector rewards, RowGroups groups) {
    return new GroupRelativeAdvantage(scale, Deviation.SAMPLE, 1e-4, SingletonRule.RAW_REWARD)
        .estimate(inputs(rewards, groups))
        .perRow()
        .get();
  }

  /** Eq. 32, {@code [N]}. */
  default DoubleVector leaveOneOut(DoubleVector rewards, RowGroups groups) {
    return new LeaveOneOutAdvantage().estimate(inputs(rewards, groups)).perRow().get();
  }

  private static AdvantageInputs inputs(DoubleVector rewards, RowGroups groups) {
    int[] lengths = new int[rewards.size()];
    Arrays.fill(lengths, 1);
    return AdvantageInputs.of(rewards, groups, TokenTable.constant(lengths, 1));
  }

  /** 1 for every token that was written, the end token among them, 0 for padding. */
  default DoubleVector mask(TokenSequence padded) {
    double[] mask = new double[padded.length()];
    boolean ended = false;
    for (int t = 0; t < mask.length; t++) {
      mask[t] = ended ? 0 : 1;
      ended |= padded.get(t) == Vocabulary.END;
    }
    return DoubleVector.of(mask);
  }

  /** The column of logits that predicts token {@code t} of a row; column 0 follows the prompt. */
  default int logitColumn(int t) {
    return t;
  }

  /** Eq. 23, {@code [V]}. */
  default double[] logProbs(double[] logits, double temperature) {
    TokenDistribution distribution = TokenDistribution.of(logits, temperature);
    double[] logProbs = new double[logits.length];
    Arrays.setAll(logProbs, distribution::logProbability);
    return logProbs;
  }

  /** Eq. 9. */
  default double entropy(double[] logProbs, int token) {
    return TokenDistribution.of(logProbs, 1).entropy();
  }

  /** Eq. 8, {@code [V]}. */
  default double[] lossByLogits(
      double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
    double[] logits = new double[logProbs.length];
    Arrays.setAll(logits, j -> logProbs[j] * temperature);
    double[] byLogits = new double[logits.length];
    TokenDistribution.of(logits, temperature).lossByLogits(token, byLogProb, byEntropy, byLogits);
    return byLogits;
  }

  /** Eq. 2, {@code [T]}. */
  default DoubleVector ratios(RatioRow row) {
    return new RatioLevel.TokenRatio().ratios(row);
  }

  /** GSPO's ratio of a whole completion, {@code [T]}. */
  default DoubleVector sequenceRatios(RatioRow row) {
    return new RatioLevel.SequenceRatio().ratios(row);
  }

  /** Eq. 4. */
  default double surrogateLoss(double ratio, double advantage, double low, double high) {
    return new ClippedSurrogate(low, high).term(0, ratio, advantage).loss();
  }

  /** The derivative of {@link #surrogateLoss} by the logarithm of the ratio. */
  default double surrogateSlope(double ratio, double advantage, double low, double high) {
    return new ClippedSurrogate(low, high).term(0, ratio, advantage).lossByLogRatio();
  }

  /** K1 of Eq. 5. */
  default double k1Value(double logProb, double referenceLogProb) {
    return KlEstimator.K1.value(logProb - referenceLogProb);
  }

  /** The derivative of {@link #k1Value} by {@code logProb}. */
  default double k1Slope(double logProb, double referenceLogProb) {
    return KlEstimator.K1.derivative(logProb - referenceLogProb);
  }

  /** K2 of Eq. 5. */
  default double k2Value(double logProb, double referenceLogProb) {
    return KlEstimator.K2.value(logProb - referenceLogProb);
  }

  /** The derivative of {@link #k2Value} by {@code logProb}. */
  default double k2Slope(double logProb, double referenceLogProb) {
    return KlEstimator.K2.derivative(logProb - referenceLogProb);
  }

  /** K3 of Eq. 5. */
  default double klValue(double logProb, double referenceLogProb) {
    return KlEstimator.K3.value(logProb - referenceLogProb);
  }

  /** The derivative of {@link #klValue} by {@code logProb}. */
  default double klSlope(double logProb, double referenceLogProb) {
    return KlEstimator.K3.derivative(logProb - referenceLogProb);
  }

  /** The factor of the divergence in the loss. */
  default double klWeight(double beta) {
    return beta;
  }

  /** The factor of the entropy in the loss. */
  default double entropyWeight(double alpha) {
    return -alpha;
  }

  /** GRPO's weights of Eq. 6: the mean over rows of the mean over tokens. */
  default TokenTable weights(TokenTable mask, RowGroups groups) {
    return Aggregation.sequenceMeanTokenMean().weights(mask, groups);
  }

  /**
   * DAPO's weights of Eq. 6 for one of several micro-batches, whose gradients are added up.
   *
   * @param windowTokens number of tokens of all micro-batches
   */
  default TokenTable tokenMeanWeights(
      TokenTable mask, RowGroups groups, int windowTokens, int microBatches) {
    return new Aggregation.SumNorm(windowTokens).weights(mask, groups);
  }

  /** The mean over all tokens of the batch (Eq. 6). */
  default TokenTable batchMeanWeights(TokenTable mask, RowGroups groups) {
    return Aggregation.tokenMean().weights(mask, groups);
  }

  /** The mean over rows, empty ones too, of the sum over tokens (Eq. 6). */
  default TokenTable rowSumWeights(TokenTable mask, RowGroups groups) {
    return new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT).weights(mask, groups);
  }

  /** Dr. GRPO's weights of Eq. 6; empty rows are not among those averaged over. */
  default TokenTable constantWeights(TokenTable mask, RowGroups groups, int divisor) {
    return new Aggregation.SequenceMeanTokenSumNorm(divisor, EmptyRows.SKIP).weights(mask, groups);
  }

  /** The mean over groups of the mean over all tokens of the group (Eq. 6). */
  default TokenTable groupMeanWeights(TokenTable mask, RowGroups groups) {
    return new Aggregation.GroupTokenMean().weights(mask, groups);
  }

  /** A number of a token, or 0 if the token is masked. */
  default double masked(double value, double mask) {
    return mask == 0 ? 0 : value;
  }

  /** Eq. 1 of a batch, and its derivative by every log-probability (Eq. 7). */
  default BatchLoss objective(ObjectiveSettings settings, ObjectiveInputs inputs) {
    ObjectiveResult result = settings.objective().evaluate(inputs);
    return new BatchLoss(result.loss(), result.lossByLogProb());
  }

  /** Some updates of a trainer, what each did and the parameters after it. */
  default TokenTable training(TrainingRun run) {
    return run.numbers();
  }

  /** Eq. 14. */
  default double passAtK(int samples, int correct, int k) {
    return PassAtK.unbiased(samples, correct, k);
  }
}
