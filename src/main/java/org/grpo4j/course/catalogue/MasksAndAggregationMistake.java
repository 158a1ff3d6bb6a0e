package org.grpo4j.course.catalogue;

import java.util.Arrays;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/** Typical mistakes in what counts, and how much (Eq. 6). */
enum MasksAndAggregationMistake implements Mistake {
  END_SYMBOL_MASKED {
    @Override
    public DoubleVector mask(TokenSequence padded) {
      double[] mask = super.mask(padded).toArray();
      Arrays.setAll(mask, t -> padded.get(t) == Vocabulary.END ? 0 : mask[t]);
      return DoubleVector.of(mask);
    }
  },
  PADDING_TRAINED {
    @Override
    public DoubleVector mask(TokenSequence padded) {
      return DoubleVector.constant(padded.length(), 1);
    }
  },
  FIRST_TOKEN_DROPPED {
    @Override
    public DoubleVector mask(TokenSequence padded) {
      double[] mask = super.mask(padded).toArray();
      mask[0] = 0;
      return DoubleVector.of(mask);
    }
  },
  MASK_AFTER_EXPONENTIAL {
    @Override
    public double masked(double value, double mask) {
      return value * mask;
    }
  },
  TOKEN_MEAN_FOR_SEQUENCE_MEAN {
    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      return Aggregation.tokenMean().weights(mask, groups);
    }
  },
  SUM_FOR_MEAN {
    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      return new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT).weights(mask, groups);
    }
  },
  PADDING_COUNTED {
    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      double[] perRow = new double[mask.rows()];
      Arrays.setAll(perRow, i -> 1.0 / mask.length(i) / perRow.length);
      return Masks.spread(DoubleVector.of(perRow), mask);
    }
  },
  EMPTY_ROW_DIVIDES_BY_ZERO {
    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      double[][] weights = mask.toArrays();
      for (double[] row : weights) {
        double tokens = DoubleVector.of(row).sum();
        Arrays.setAll(row, t -> row[t] / tokens / weights.length);
      }
      return TokenTable.of(weights);
    }
  },
  MEAN_OF_MICRO_BATCH_MEANS {
    @Override
    public TokenTable tokenMeanWeights(
        TokenTable mask, RowGroups groups, int windowTokens, int microBatches) {
      return new Aggregation.SumNorm(Math.max(1, Masks.count(mask)) * microBatches)
          .weights(mask, groups);
    }
  }
}
