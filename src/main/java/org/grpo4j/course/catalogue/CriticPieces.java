package org.grpo4j.course.catalogue;

import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.objective.ValueLossResult;

/** The pieces that PPO has and GRPO does not: rewards of tokens, and all about the critic. */
public interface CriticPieces {

  /** K1 in the reward and the score at the last token that counts. */
  default TokenTable tokenRewards(
      DoubleVector scores,
      TokenTable logProbs,
      TokenTable reference,
      TokenTable mask,
      double beta) {
    return KlInReward.of(beta).tokenRewards(scores, logProbs, reference, mask);
  }

  /** Eq. 37 for completions that ended. */
  default TokenTable generalizedAdvantages(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    return new GeneralizedAdvantage(gamma, lambda, Optional.empty())
        .beforeWhitening(inputs(rewards, values, mask));
  }

  /** Eq. 37 for completions that were cut off, each with the value of what would follow. */
  default TokenTable bootstrappedAdvantages(
      TokenTable rewards, TokenTable values, TokenTable mask, DoubleVector next, double lambda) {
    return new GeneralizedAdvantage(1, lambda, Optional.empty())
        .beforeWhitening(inputs(rewards, values, mask).withBootstrapValues(next));
  }

  /** The targets of the critic: advantage plus value, whatever is whitened afterwards. */
  default TokenTable returns(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    return new GeneralizedAdvantage(gamma, lambda, Optional.of(Whitening.standard()))
        .estimate(inputs(rewards, values, mask))
        .returns()
        .orElseThrow();
  }

  private static AdvantageInputs inputs(TokenTable rewards, TokenTable values, TokenTable mask) {
    RowGroups groups = RowGroups.consecutive(mask.rows(), 1);
    return AdvantageInputs.of(DoubleVector.constant(mask.rows(), 0), groups, mask)
        .withTokenRewards(rewards)
        .withValues(values);
  }

  /** Eq. 35 over the tokens that count. */
  default TokenTable whiten(TokenTable table, TokenTable mask) {
    return Whitening.standard().apply(table, mask);
  }

  /** Eq. 55 of one token. */
  default double valueLoss(double value, double oldValue, double target, double clip) {
    return ofOneValue(value, oldValue, target, clip).loss();
  }

  /** The derivative of {@link #valueLoss} by {@code value}. */
  default double valueSlope(double value, double oldValue, double target, double clip) {
    return ofOneValue(value, oldValue, target, clip).lossByValue().get(0, 0);
  }

  private static ValueLossResult ofOneValue(double value, double old, double target, double clip) {
    return new ValueLoss(clip).evaluate(one(value), one(old), one(target), one(1), RowGroups.of(0));
  }

  private static TokenTable one(double value) {
    return TokenTable.of(new double[][] {{value}});
  }

  /** Eq. 55 of a batch, the mean over all tokens, and its derivative by every value. */
  default BatchLoss criticLoss(
      TokenTable values, TokenTable old, TokenTable targets, TokenTable mask, double clip) {
    RowGroups groups = RowGroups.consecutive(mask.rows(), 1);
    ValueLossResult result = new ValueLoss(clip).evaluate(values, old, targets, mask, groups);
    return new BatchLoss(result.loss(), result.lossByValue());
  }
}
