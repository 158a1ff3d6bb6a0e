package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;

/**
 * The numbers of one completion that a ratio level sees.
 *
 * @param logRatios {@code x_t = log pi(o_t) - log pi_old(o_t)}, {@code [T_i]}, 0 where masked
 * @param advantages {@code A_t}, {@code [T_i]}
 * @param mask 1 for tokens that count, {@code [T_i]}
 * @param moves 1 for tokens whose log-ratio is within its bound, {@code [T_i]}; beyond it, it is
 *     held and has derivative 0
 */
public record RatioRow(
    DoubleVector logRatios, DoubleVector advantages, DoubleVector mask, DoubleVector moves) {

  /** A row whose log-ratios have no bound. */
  public RatioRow(DoubleVector logRatios, DoubleVector advantages, DoubleVector mask) {
    this(logRatios, advantages, mask, mask);
  }

  /** The row of {@code inputs}, its log-ratios bounded to {@code [-bound, bound]}. */
  static RatioRow of(ObjectiveInputs inputs, int row, double bound) {
    DoubleVector mask = inputs.mask().row(row);
    double[] logRatios = new double[mask.size()];
    double[] moves = new double[mask.size()];
    for (int t = 0; t < logRatios.length; t++) {
      if (mask.get(t) != 0) {
        double logRatio = inputs.logProbs().get(row, t) - inputs.oldLogProbs().get(row, t);
        logRatios[t] = Math.max(-bound, Math.min(logRatio, bound));
        moves[t] = Math.abs(logRatio) <= bound ? 1 : 0;
      }
    }
    return new RatioRow(
        DoubleVector.of(logRatios), inputs.advantages().row(row), mask, DoubleVector.of(moves));
  }

  /** Number of tokens {@code T_i}. */
  int length() {
    return mask.size();
  }

  /** True if token {@code t} counts. */
  boolean counts(int t) {
    return mask.get(t) != 0;
  }

  /** True if the log-ratio of token {@code t} is within its bound. */
  boolean insideBound(int t) {
    return moves.get(t) != 0;
  }

  /** Number of tokens that count, {@code n_i}. */
  int countedTokens() {
    return Masks.count(mask);
  }

  /** {@code value} at the tokens that count, 0 at the others. */
  DoubleVector fill(double value) {
    double[] filled = new double[length()];
    for (int t = 0; t < filled.length; t++) {
      filled[t] = counts(t) ? value : 0;
    }
    return DoubleVector.of(filled);
  }
}
