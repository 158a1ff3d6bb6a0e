package org.grpo4j.course.catalogue;

import java.util.function.DoubleBinaryOperator;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** Typical mistakes in what PPO has and GRPO does not (Eq. 35, 37, 55). */
enum CriticMistake implements Mistake {
  GAE_OFF_BY_ONE {
    @Override
    public TokenTable generalizedAdvantages(
        TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
      return recursion(rewards, values, mask, gamma, lambda, (own, next) -> own);
    }
  },
  GAE_THROUGH_PADDING {
    @Override
    public TokenTable generalizedAdvantages(
        TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
      TokenTable all = TokenTable.constant(mask.lengths(), 1);
      TokenTable advantages = super.generalizedAdvantages(rewards, values, all, gamma, lambda);
      return LossOfPieces.ofCounted(mask, advantages::get);
    }
  },
  GAE_BOOTSTRAPS_FINISHED_ROWS {
    @Override
    public TokenTable generalizedAdvantages(
        TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
      return recursion(rewards, values, mask, gamma, lambda, (own, next) -> next);
    }
  },
  GAE_LAMBDA_FORGOTTEN {
    @Override
    public TokenTable generalizedAdvantages(
        TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
      return super.generalizedAdvantages(rewards, values, mask, gamma, 1);
    }
  },
  RETURNS_FROM_WHITENED_ADVANTAGES {
    @Override
    public TokenTable returns(
        TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
      TokenTable advantages = generalizedAdvantages(rewards, values, mask, gamma, lambda);
      return LossOfPieces.sum(whiten(advantages, mask), values, mask);
    }
  },
  WHITENING_OVER_PADDING {
    @Override
    public TokenTable whiten(TokenTable table, TokenTable mask) {
      TokenTable all = TokenTable.constant(mask.lengths(), 1);
      return LossOfPieces.ofCounted(mask, super.whiten(table, all)::get);
    }
  },
  VALUE_CLIP_TAKES_THE_MINIMUM {
    @Override
    public double valueLoss(double value, double oldValue, double target, double clip) {
      double clipped = oldValue + Math.max(-clip, Math.min(value - oldValue, clip));
      double error = value - target;
      double clippedError = clipped - target;
      return Math.min(error * error, clippedError * clippedError) / 2;
    }
  },
  VALUE_CLIP_AROUND_THE_TARGET {
    @Override
    public double valueLoss(double value, double oldValue, double target, double clip) {
      return super.valueLoss(value, target, target, clip);
    }
  },
  REWARD_AT_THE_LAST_COLUMN {
    @Override
    public TokenTable tokenRewards(
        DoubleVector scores,
        TokenTable logProbs,
        TokenTable reference,
        TokenTable mask,
        double beta) {
      DoubleVector none = DoubleVector.constant(scores.size(), 0);
      double[][] rewards = super.tokenRewards(none, logProbs, reference, mask, beta).toArrays();
      for (int i = 0; i < rewards.length; i++) {
        int last = rewards[i].length - 1;
        rewards[i][last] += mask.get(i, last) == 0 ? 0 : scores.get(i);
      }
      return TokenTable.of(rewards);
    }
  };

  /**
   * Eq. 37 with another idea of the value that follows a token: {@code following} makes it of the
   * token's own value and that of the next token that counts, after the last one of the last
   * column.
   */
  private static TokenTable recursion(
      TokenTable rewards,
      TokenTable values,
      TokenTable mask,
      double gamma,
      double lambda,
      DoubleBinaryOperator following) {
    double[][] advantages = mask.toArrays();
    for (int i = 0; i < advantages.length; i++) {
      double advantage = 0;
      double next = values.get(i, mask.length(i) - 1);
      for (int t = advantages[i].length - 1; t >= 0; t--) {
        double own = values.get(i, t);
        if (mask.get(i, t) != 0) {
          double error = rewards.get(i, t) + gamma * following.applyAsDouble(own, next) - own;
          advantage = error + gamma * lambda * advantage;
          next = own;
          advantages[i][t] = advantage;
        }
      }
    }
    return TokenTable.of(advantages);
  }
}
