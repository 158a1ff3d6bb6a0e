package org.grpo4j.objective;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Require;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * The critic's squared error (Eq. 55), optionally bounded to values near the old ones, a habit of
 * OpenAI's baselines that is not in the PPO paper.
 *
 * <pre>loss_it = 1/2 max( (V - R)^2, (clip(V, V_old - c, V_old + c) - R)^2 )</pre>
 *
 * <p>The gradient vanishes where a value has moved by more than {@code c} in the right direction;
 * with {@code c = 0} wherever it has moved in the right direction at all.
 *
 * @param valueClip {@code c}, at least 0; infinity for no clipping
 * @param aggregation the weights of the tokens
 */
public record ValueLoss(
    @Setting(
            value = "How far a value may move in an update before its loss is clipped (Eq. 55).",
            byDefault = "none",
            range = "[0, inf]")
        double valueClip,
    Aggregation aggregation) {

  public ValueLoss {
    Require.that(valueClip >= 0, "valueClip", "at least 0", valueClip);
  }

  /** The error of all tokens alike. */
  public ValueLoss(double valueClip) {
    this(valueClip, Aggregation.tokenMean());
  }

  /** The plain squared error. */
  public static ValueLoss unclipped(Aggregation aggregation) {
    return new ValueLoss(Double.POSITIVE_INFINITY, aggregation);
  }

  /**
   * Loss and derivative by every value.
   *
   * @param values {@code V_it}, differentiated
   * @param oldValues the critic's values before the inner epochs
   * @param returns {@code R_it}, what the values should have been
   * @param mask 1 for tokens that count
   */
  public ValueLossResult evaluate(
      TokenTable values,
      TokenTable oldValues,
      TokenTable returns,
      TokenTable mask,
      RowGroups groups) {
    TokenTable weights = aggregation.weights(mask, groups);
    double loss = 0;
    int clippedTokens = 0;
    double[][] lossByValue = new double[mask.rows()][];
    for (int i = 0; i < lossByValue.length; i++) {
      lossByValue[i] = new double[mask.length(i)];
      for (int t = 0; t < lossByValue[i].length; t++) {
        if (mask.get(i, t) != 0) {
          double moved = values.get(i, t) - oldValues.get(i, t);
          double boundedMove = Math.max(-valueClip, Math.min(moved, valueClip));
          double error = values.get(i, t) - returns.get(i, t);
          double clippedError = oldValues.get(i, t) + boundedMove - returns.get(i, t);
          boolean inside = Math.abs(moved) <= valueClip;
          double clipped = inside ? error : clippedError;
          loss += weights.get(i, t) * Math.max(error * error, clipped * clipped) / 2;
          lossByValue[i][t] = weights.get(i, t) * slope(error, clipped, inside);
          clippedTokens += clipped * clipped > error * error ? 1 : 0;
        }
      }
    }
    return new ValueLossResult(loss, TokenTable.of(lossByValue), Masks.count(mask), clippedTokens);
  }

  private static double slope(double error, double clippedError, boolean inside) {
    double square = error * error;
    double clippedSquare = clippedError * clippedError;
    if (inside || square > clippedSquare) {
      return error;
    }
    // Equal squares outside the range: the maximum's slope is between the two, one of which is 0.
    return square == clippedSquare ? error / 2 : 0;
  }
}
