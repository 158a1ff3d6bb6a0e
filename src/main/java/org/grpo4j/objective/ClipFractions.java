package org.grpo4j.objective;

import java.util.List;

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
record ClipFractions(
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
