package org.grpo4j.objective;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Masks;
import org.grpo4j.math.TokenTable;

/**
 * The statistics of one evaluation of the objective, for logs. Fractions are of the tokens that
 * count, or of the rows where all tokens of a row share one ratio. {@code NaN} means that there is
 * nothing to report: a KL divergence without a reference policy, or anything about a batch without
 * a token that counts. Rows without such a token are left out.
 *
 * @param kl mean KL term as used, the ratio weight included ({@code kl})
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
    double entropy = Double.NaN;
    if (inputs.entropies().isPresent()) {
      entropy = Masks.mean(inputs.entropies().get(), inputs.mask());
    }
    return of(objective, rows, entropy);
  }

  /**
   * The metrics of several batches as if they were one: pooled over all their tokens or rows, not a
   * mean of means, so that a batch with few tokens does not weigh as much as one with many.
   *
   * @param results of the same objective, at least one
   */
  public static ObjectiveMetrics pooled(List<ObjectiveResult> results) {
    List<List<TokenTerm>> rows = new ArrayList<>();
    List<DoubleVector> entropies = new ArrayList<>();
    List<DoubleVector> mask = new ArrayList<>();
    for (ObjectiveResult result : results) {
      rows.addAll(result.terms());
      for (int i = 0; i < result.terms().size(); i++) {
        if (result.inputs().entropies().isPresent()) {
          entropies.add(result.inputs().entropies().get().row(i));
          mask.add(result.inputs().mask().row(i));
        }
      }
    }
    double entropy = Masks.mean(TokenTable.of(entropies), TokenTable.of(mask));
    return of(results.get(0).objective(), rows, entropy);
  }

  private static ObjectiveMetrics of(
      GrpoObjective objective, List<List<TokenTerm>> rows, double entropy) {
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
      boolean seen = false;
      for (TokenTerm term : row) {
        if (term.counts() && !(onePerRow && seen)) {
          sum += objective.surrogate().stopWeight(term.ratio(), term.advantage());
          count++;
          seen = true;
        }
      }
    }
    return sum / count;
  }

  /**
   * The share that is clipped: see {@link ObjectiveMetrics}.
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
     * Counts tokens, or rows if all tokens of a row are clipped together. Rows without tokens are
     * left out; {@code NaN} if there are no others.
     *
     * @param wholeRows true to count rows
     */
    static ClipFractions of(List<List<TokenTerm>> rows, boolean wholeRows) {
      double units = 0;
      double low = 0;
      double high = 0;
      double bounded = 0;
      double lowMin = Double.NaN;
      double highMax = Double.NaN;
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
        if (tokens == 0) {
          continue;
        }
        double lowFraction = rowLow / tokens;
        double highFraction = rowHigh / tokens;
        units += wholeRows ? 1 : tokens;
        low += wholeRows ? lowFraction : rowLow;
        high += wholeRows ? highFraction : rowHigh;
        bounded += wholeRows ? rowBounded / tokens : rowBounded;
        lowMin = lowFraction < lowMin || Double.isNaN(lowMin) ? lowFraction : lowMin;
        highMax = highFraction > highMax || Double.isNaN(highMax) ? highFraction : highMax;
      }
      return new ClipFractions(
          low / units, high / units, (low + high) / units, lowMin, highMax, bounded / units);
    }
  }
}
