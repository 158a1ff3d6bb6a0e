package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.RatioRow;

/**
 * Eq. 1 put together from pieces.
 *
 * @param loss without the entropy bonus
 * @param lossByLogProb Eq. 7
 */
public record LossOfPieces(double loss, TokenTable lossByLogProb) {

  /** Clip range and coefficient of the divergence. */
  public record Settings(double low, double high, double beta, boolean sequenceRatio) {}

  /** Loss and coefficients of a batch, computed with these pieces. */
  public static LossOfPieces of(Pieces pieces, Settings settings, ObjectiveInputs inputs) {
    TokenTable weights = pieces.weights(inputs.mask(), inputs.groups());
    double[][] coefficients = new double[inputs.rows()][];
    double loss = 0;
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = new double[inputs.mask().length(i)];
      DoubleVector ratios = ratios(pieces, settings, inputs, i);
      for (int t = 0; t < coefficients[i].length; t++) {
        double advantage = inputs.advantages().get(i, t);
        double mask = inputs.mask().get(i, t);
        double tokenLoss =
            pieces.surrogateLoss(ratios.get(t), advantage, settings.low(), settings.high());
        double slope =
            pieces.surrogateSlope(ratios.get(t), advantage, settings.low(), settings.high());
        if (inputs.referenceLogProbs().isPresent()) {
          double logProb = inputs.logProbs().get(i, t);
          double reference = inputs.referenceLogProbs().get().get(i, t);
          double weight = pieces.klWeight(settings.beta());
          tokenLoss += weight * pieces.klValue(logProb, reference);
          slope += weight * pieces.klSlope(logProb, reference);
        }
        loss += pieces.masked(weights.get(i, t) * tokenLoss, mask);
        coefficients[i][t] = pieces.masked(weights.get(i, t) * slope, mask);
      }
    }
    return new LossOfPieces(loss, TokenTable.of(coefficients));
  }

  private static DoubleVector ratios(
      Pieces pieces, Settings settings, ObjectiveInputs inputs, int row) {
    DoubleVector mask = inputs.mask().row(row);
    double[] logRatios = new double[mask.size()];
    for (int t = 0; t < logRatios.length; t++) {
      double difference = inputs.logProbs().get(row, t) - inputs.oldLogProbs().get(row, t);
      logRatios[t] = pieces.masked(difference, mask.get(t));
    }
    RatioRow ratioRow =
        new RatioRow(DoubleVector.of(logRatios), inputs.advantages().row(row), mask);
    return settings.sequenceRatio() ? pieces.sequenceRatios(ratioRow) : pieces.ratios(ratioRow);
  }
}
