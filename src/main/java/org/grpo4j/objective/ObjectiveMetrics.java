package org.grpo4j.objective;

import java.util.List;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Masks;

/**
 * What is worth logging about one evaluation of the objective. Fractions are of the tokens that
 * count, or of the rows where all tokens of a row share one ratio. {@code NaN} means that there is
 * nothing to report, such as a divergence without a reference policy.
 *
 * @param kl mean divergence term as used, the ratio weight included ({@code kl})
 * @param entropy mean entropy in nats per token ({@code entropy})
 * @param clipLow fraction with {@code A < 0} below the range ({@code clip_ratio/low_mean})
 * @param clipHigh fraction with {@code A > 0} above the range ({@code clip_ratio/high_mean})
 * @param clipRegion either ({@code clip_ratio/region_mean})
 * @param clipLowMin smallest low fraction of a row
 * @param clipHighMax largest high fraction of a row
 * @param bounded fraction that a second bound holds: dual clip's {@code c}, two-sided clipping's
 *     {@code delta}, CISPO's cap at {@code A > 0}
 * @param stopWeight mean of the constant weight that multiplies {@code -A log pi}, over tokens for
 *     CISPO and over rows for VESPO
 * @param ratioMean mean token ratio {@code exp(log pi - log pi_old)}
 * @param ratioMax largest token ratio
 * @param ratioMin smallest token ratio
 * @param approxKlK1 mean of {@code log pi_old - log pi}: an estimate of {@code KL(old || current)}
 *     that may be negative
 * @param approxKlK2 mean of {@code (log pi_old - log pi)^2 / 2}
 * @param approxKlK3 mean of {@code rho - 1 - log rho}, never negative ({@code approx_kl})
 */
public record ObjectiveMetrics(
    double kl,
    double entropy,
    double clipLow,
    double clipHigh,
    double clipRegion,
    double clipLowMin,
    double clipHighMax,
    double bounded,
    double stopWeight,
    double ratioMean,
    double ratioMax,
    double ratioMin,
    double approxKlK1,
    double approxKlK2,
    double approxKlK3) {

  static ObjectiveMetrics of(
      GrpoObjective objective, ObjectiveInputs inputs, List<List<TokenTerm>> rows) {
    ClipFractions clips = ClipFractions.of(rows, objective.ratioLevel().clipsWholeRows());
    double tokens = 0;
    double kl = 0;
    double ratioSum = 0;
    double ratioMax = Double.NEGATIVE_INFINITY;
    double ratioMin = Double.POSITIVE_INFINITY;
    double k1 = 0;
    double k2 = 0;
    double k3 = 0;
    for (List<TokenTerm> row : rows) {
      for (TokenTerm term : row) {
        if (!term.counts()) {
          continue;
        }
        double tokenRatio = Elementary.exp(term.logRatio());
        tokens++;
        kl += term.kl();
        ratioSum += tokenRatio;
        ratioMax = Math.max(ratioMax, tokenRatio);
        ratioMin = Math.min(ratioMin, tokenRatio);
        k1 -= term.logRatio();
        k2 += term.logRatio() * term.logRatio() / 2;
        k3 += KlEstimator.K3.value(-term.logRatio());
      }
    }
    double entropy = Double.NaN;
    if (inputs.entropies().isPresent()) {
      entropy = Masks.mean(inputs.entropies().get(), inputs.mask());
    }
    return new ObjectiveMetrics(
        kl / tokens,
        entropy,
        clips.low(),
        clips.high(),
        clips.region(),
        clips.lowMin(),
        clips.highMax(),
        clips.bounded(),
        meanStopWeight(objective, rows),
        ratioSum / tokens,
        tokens == 0 ? Double.NaN : ratioMax,
        tokens == 0 ? Double.NaN : ratioMin,
        k1 / tokens,
        k2 / tokens,
        k3 / tokens);
  }

  /** Over tokens, or over rows where a row has one ratio and so one weight. */
  private static double meanStopWeight(GrpoObjective objective, List<List<TokenTerm>> rows) {
    boolean onePerRow = objective.ratioLevel().clipsWholeRows();
    double sum = 0;
    double count = 0;
    for (List<TokenTerm> row : rows) {
      // A row without tokens has ratio 1.
      double ofRow = objective.surrogate().stopWeight(1, 0);
      for (TokenTerm term : row) {
        if (term.counts()) {
          ofRow = objective.surrogate().stopWeight(term.ratio(), term.advantage());
          sum += onePerRow ? 0 : ofRow;
          count += onePerRow ? 0 : 1;
        }
      }
      sum += onePerRow ? ofRow : 0;
      count += onePerRow ? 1 : 0;
    }
    return sum / count;
  }

  /**
   * How much is clipped: see {@link ObjectiveMetrics}.
   *
   * @param low fraction clipped low
   * @param high fraction clipped high
   * @param region either
   * @param lowMin smallest low fraction of a row
   * @param highMax largest high fraction of a row
   * @param bounded fraction that a second bound holds
   */
  private record ClipFractions(
      double low, double high, double region, double lowMin, double highMax, double bounded) {

    /**
     * Counts tokens, or rows if all tokens of a row are clipped together.
     *
     * @param wholeRows true to count rows; rows without tokens count among them
     */
    static ClipFractions of(List<List<TokenTerm>> rows, boolean wholeRows) {
      double units = 0;
      double low = 0;
      double high = 0;
      double bounded = 0;
      double lowMin = Double.POSITIVE_INFINITY;
      double highMax = Double.NEGATIVE_INFINITY;
      for (List<TokenTerm> row : rows) {
        double tokens = 0;
        double rowLow = 0;
        double rowHigh = 0;
        double rowBounded = 0;
        for (TokenTerm term : row) {
          tokens += term.counts() ? 1 : 0;
          rowLow += term.branch() == ClipBranch.CLIPPED_LOW ? 1 : 0;
          rowHigh += term.branch() == ClipBranch.CLIPPED_HIGH ? 1 : 0;
          rowBounded += term.branch() == ClipBranch.BOUNDED ? 1 : 0;
        }
        double lowFraction = rowLow / Math.max(1, tokens);
        double highFraction = rowHigh / Math.max(1, tokens);
        units += wholeRows ? 1 : tokens;
        low += wholeRows ? lowFraction : rowLow;
        high += wholeRows ? highFraction : rowHigh;
        bounded += wholeRows ? rowBounded / Math.max(1, tokens) : rowBounded;
        lowMin = Math.min(lowMin, lowFraction);
        highMax = Math.max(highMax, highFraction);
      }
      if (units == 0) {
        return new ClipFractions(0, 0, 0, 0, 0, 0);
      }
      return new ClipFractions(
          low / units, high / units, (low + high) / units, lowMin, highMax, bounded / units);
    }
  }
}
