package org.grpo4j.course.catalogue;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.RatioRow;

/** The losses of a batch put together from the pieces for one token. */
public final class LossOfPieces {

  private LossOfPieces() {}

  /** Eq. 1 and Eq. 7. */
  public static BatchLoss objective(
      Pieces pieces, ObjectiveSettings settings, ObjectiveInputs inputs) {
    TokenTable weights = pieces.weights(inputs.mask(), inputs.groups());
    TokenTable entropyWeights = pieces.batchMeanWeights(inputs.mask(), inputs.groups());
    double[][] slopes = new double[inputs.rows()][];
    double loss = 0;
    for (int i = 0; i < slopes.length; i++) {
      DoubleVector mask = inputs.mask().row(i);
      DoubleVector ratios = ratios(pieces, settings, inputs, i);
      slopes[i] = new double[mask.size()];
      for (int t = 0; t < slopes[i].length; t++) {
        double advantage = inputs.advantages().get(i, t);
        double weight = weights.get(i, t);
        double low = settings.low();
        double high = settings.high();
        double tokenLoss = pieces.surrogateLoss(ratios.get(t), advantage, low, high);
        double slope = pieces.surrogateSlope(ratios.get(t), advantage, low, high);
        loss += pieces.masked(weight * tokenLoss, mask.get(t));
        slopes[i][t] = pieces.masked(weight * slope, mask.get(t));
        if (inputs.entropies().isPresent()) {
          double factor = pieces.entropyWeight(settings.alpha()) * entropyWeights.get(i, t);
          loss += pieces.masked(factor * inputs.entropies().get().get(i, t), mask.get(t));
        }
      }
      if (settings.sequenceRatio()) {
        double mean = DoubleVector.of(slopes[i]).sum() / Math.max(1, Masks.count(mask));
        Arrays.setAll(slopes[i], t -> pieces.masked(mean, mask.get(t)));
      }
      for (int t = 0; t < slopes[i].length && inputs.referenceLogProbs().isPresent(); t++) {
        double logProb = inputs.logProbs().get(i, t);
        double reference = inputs.referenceLogProbs().get().get(i, t);
        double weight = weights.get(i, t) * pieces.klWeight(settings.beta());
        loss += pieces.masked(weight * pieces.klValue(logProb, reference), mask.get(t));
        slopes[i][t] += pieces.masked(weight * pieces.klSlope(logProb, reference), mask.get(t));
      }
    }
    return new BatchLoss(loss, TokenTable.of(slopes));
  }

  private static DoubleVector ratios(
      Pieces pieces, ObjectiveSettings settings, ObjectiveInputs inputs, int row) {
    DoubleVector mask = inputs.mask().row(row);
    DoubleVector current = inputs.logProbs().row(row);
    DoubleVector old = inputs.oldLogProbs().row(row);
    double[] logRatios = new double[mask.size()];
    Arrays.setAll(logRatios, t -> pieces.masked(current.get(t) - old.get(t), mask.get(t)));
    RatioRow ratioRow =
        new RatioRow(DoubleVector.of(logRatios), inputs.advantages().row(row), mask);
    return settings.sequenceRatio() ? pieces.sequenceRatios(ratioRow) : pieces.ratios(ratioRow);
  }

  /** A table with the numbers of row and token at the tokens that count, 0 at the others. */
  public static TokenTable ofCounted(TokenTable mask, ToDoubleBiFunction<Integer, Integer> number) {
    double[][] rows = mask.toArrays();
    for (int i = 0; i < rows.length; i++) {
      int row = i;
      double[] counts = rows[i];
      Arrays.setAll(counts, t -> counts[t] == 0 ? 0 : number.applyAsDouble(row, t));
    }
    return TokenTable.of(rows);
  }

  /** Advantages plus values at the tokens that count. */
  public static TokenTable sum(TokenTable advantages, TokenTable values, TokenTable mask) {
    return ofCounted(mask, (i, t) -> advantages.get(i, t) + values.get(i, t));
  }

  /** Eq. 55 of a batch, and its derivative by every value. */
  static BatchLoss critic(
      Pieces pieces,
      TokenTable values,
      TokenTable old,
      TokenTable targets,
      TokenTable mask,
      double clip) {
    TokenTable weights = pieces.batchMeanWeights(mask, RowGroups.consecutive(mask.rows(), 1));
    double[][] slopes = new double[mask.rows()][];
    double loss = 0;
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = new double[mask.length(i)];
      for (int t = 0; t < slopes[i].length; t++) {
        double value = values.get(i, t);
        double target = targets.get(i, t);
        double tokenLoss = pieces.valueLoss(value, old.get(i, t), target, clip);
        double slope = pieces.valueSlope(value, old.get(i, t), target, clip);
        loss += pieces.masked(weights.get(i, t) * tokenLoss, mask.get(i, t));
        slopes[i][t] = pieces.masked(weights.get(i, t) * slope, mask.get(i, t));
      }
    }
    return new BatchLoss(loss, TokenTable.of(slopes));
  }
}
