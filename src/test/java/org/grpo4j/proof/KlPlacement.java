package org.grpo4j.proof;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ReinforceSurrogate;

/**
 * A place for the divergence, with coefficient 1 and nothing else in the loss: what is expected of
 * its value and of its gradient.
 *
 * @param penalty in the loss, or
 * @param inReward in the reward, through rewards to go
 */
record KlPlacement(
    String name, RatioLevel level, Optional<KlPenalty> penalty, Optional<KlInReward> inReward) {

  static KlPlacement inLoss(KlEstimator estimator) {
    return new KlPlacement(
        "loss: " + estimator.name(),
        new RatioLevel.TokenRatio(),
        Optional.of(KlPenalty.of(1, estimator)),
        Optional.empty());
  }

  static KlPlacement inLossTimesRatio(KlEstimator estimator, RatioLevel level) {
    String ratio = level.equals(new RatioLevel.TokenRatio()) ? "token ratio" : "product of ratios";
    return new KlPlacement(
        "loss: " + estimator.name() + " times " + ratio,
        level,
        Optional.of(KlPenalty.of(1, estimator).weightedByRatio()),
        Optional.empty());
  }

  static KlPlacement inReward(KlEstimator estimator) {
    return new KlPlacement(
        "reward: " + estimator.name(),
        new RatioLevel.TokenRatio(),
        Optional.empty(),
        Optional.of(new KlInReward(1, estimator)));
  }

  static List<KlPlacement> all() {
    return List.of(
        inLoss(KlEstimator.K1),
        inLoss(KlEstimator.K2),
        inLoss(KlEstimator.K3),
        inLoss(KlEstimator.ABSOLUTE),
        inLoss(KlEstimator.K3_STRAIGHT_THROUGH),
        inLossTimesRatio(KlEstimator.K1, new RatioLevel.TokenRatio()),
        inLossTimesRatio(KlEstimator.K3, new RatioLevel.TokenRatio()),
        inLossTimesRatio(KlEstimator.K3, new RatioLevel.SequenceProductRatio()),
        inReward(KlEstimator.K1),
        inReward(KlEstimator.K2),
        inReward(KlEstimator.K3));
  }

  /** The expected divergence as this placement estimates it: the sum over a completion. */
  double value(ExactWorld sampler, ExactWorld current, ExactWorld reference) {
    double[] value = new double[1];
    ExactExpectation.forEachBatch(
        sampler, 1, batch -> value[0] += batch.probability() * valueOf(batch, current, reference));
    return value[0];
  }

  private double valueOf(Batch batch, ExactWorld current, ExactWorld reference) {
    return inReward.isPresent()
        ? -rowRewards(batch, reference).get(0)
        : evaluate(batch, current, reference).klLoss();
  }

  private DoubleVector rowRewards(Batch batch, ExactWorld reference) {
    return inReward
        .orElseThrow()
        .rowRewards(
            DoubleVector.constant(batch.rows().size(), 0),
            batch.logProbs(),
            batch.logProbs(reference),
            batch.mask());
  }

  /** The expected gradient of the loss: what is taken for the gradient of the divergence. */
  double[] gradient(ExactWorld sampler, ExactWorld current, ExactWorld reference) {
    return ExactExpectation.of(
            sampler, current, 1, batch -> evaluate(batch, current, reference).lossByLogProb())
        .mean();
  }

  private ObjectiveResult evaluate(Batch batch, ExactWorld current, ExactWorld reference) {
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
                batch.logProbs(current),
                batch.logProbs(),
                advantages(batch, reference),
                batch.mask(),
                batch.groups())
            .withReference(batch.logProbs(reference));
    GrpoObjective objective =
        GrpoObjective.of(
            new ReinforceSurrogate(), level, new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT));
    return objective.withKl(penalty.orElse(KlPenalty.NONE)).evaluate(inputs);
  }

  /** Rewards to go, which is GAE with a critic that says 0 and without discount. */
  private TokenTable advantages(Batch batch, ExactWorld reference) {
    TokenTable zero = TokenTable.constant(batch.logProbs().lengths(), 0);
    if (inReward.isEmpty()) {
      return zero;
    }
    DoubleVector noScores = DoubleVector.constant(batch.rows().size(), 0);
    TokenTable tokenRewards =
        inReward
            .get()
            .tokenRewards(noScores, batch.logProbs(), batch.logProbs(reference), batch.mask());
    AdvantageInputs inputs =
        AdvantageInputs.of(noScores, batch.groups(), batch.mask())
            .withTokenRewards(tokenRewards)
            .withValues(zero);
    Advantages returnsToGo = new GeneralizedAdvantage(1, 1, Optional.empty()).estimate(inputs);
    return returnsToGo.perToken();
  }

  @Override
  public String toString() {
    return name;
  }
}
