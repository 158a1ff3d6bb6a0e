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
  @Story(
      what = "The end token is left out of the loss.",
      symptom = "Nobody learns to stop; lengths drift.",
      seen = "tiny-grpo")
  END_SYMBOL_MASKED {
    @Override
    public DoubleVector mask(TokenSequence padded) {
      double[] mask = super.mask(padded).toArray();
      for (int t = 0; t < mask.length; t++) {
        mask[t] = padded.get(t) == Vocabulary.END ? 0 : mask[t];
      }
      return DoubleVector.of(mask);
    }
  },

  @Story(
      what = "What follows the end token counts.",
      symptom = "Padding becomes likely; the loss of short completions is dominated by it.")
  PADDING_TRAINED {
    @Override
    public DoubleVector mask(TokenSequence padded) {
      return DoubleVector.constant(padded.length(), 1);
    }
  },

  @Story(
      what = "The mask is shifted by one together with the labels: the first token never counts.",
      symptom = "The first token is never learnt; with one-token answers, nothing is.",
      seen = "easy to make when prompt and completion are shifted together")
  FIRST_TOKEN_DROPPED {
    @Override
    public DoubleVector mask(TokenSequence padded) {
      double[] mask = super.mask(padded).toArray();
      mask[0] = 0;
      return DoubleVector.of(mask);
    }
  },

  @Story(
      what = "Masked numbers are multiplied by 0 after the exponential.",
      symptom = "NaN as soon as a padded position holds an infinite log-probability.")
  MASK_AFTER_EXPONENTIAL {
    @Override
    public double masked(double value, double mask) {
      return value * mask;
    }
  },

  @Story(
      what = "GRPO is aggregated by the mean over all tokens.",
      symptom = "Long completions weigh more than in the paper.",
      seen = "the default of TRL (loss_type dapo) and verl (token-mean)",
      elsewhere =
          "DAPO does so; GRPO's form of Eq. 6 is the mean over completions of the mean over"
              + " tokens.")
  TOKEN_MEAN_FOR_SEQUENCE_MEAN {
    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      return Aggregation.tokenMean().weights(mask, groups);
    }
  },

  @Story(
      what = "Tokens are added up instead of averaged.",
      symptom = "The step depends on the length of the completions.",
      elsewhere =
          "REINFORCE over whole completions does so; GRPO's form of Eq. 6 divides by the length.")
  SUM_FOR_MEAN {
    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      return new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT).weights(mask, groups);
    }
  },

  @Story(
      what = "A row is divided by the padded width instead of its own length.",
      symptom = "Short completions teach less, and how much depends on the longest of the batch.")
  PADDING_COUNTED {
    @Override
    public TokenTable weights(TokenTable mask, RowGroups groups) {
      double[] perRow = new double[mask.rows()];
      for (int i = 0; i < perRow.length; i++) {
        perRow[i] = 1.0 / mask.length(i) / perRow.length;
      }
      return Masks.spread(DoubleVector.of(perRow), mask);
    }
  },

  @Story(
      what =
          "A row without tokens is divided by its length 0, and the quotient multiplied by the"
              + " mask.",
      symptom = "NaN in the first batch in which every token of a completion is masked.",
      seen = "CS336 masked_mean of an empty slice is NaN")
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

  @Story(
      what = "Each micro-batch is divided by its own tokens, and the results are averaged.",
      symptom = "The gradient depends on how the batch is cut.",
      seen = "TRL loss_type bnpo; huggingface/trl#3021",
      elsewhere = "TRL's loss_type bnpo does so; here all micro-batches share one divisor.")
  MEAN_OF_MICRO_BATCH_MEANS {
    @Override
    public TokenTable tokenMeanWeights(
        TokenTable mask, RowGroups groups, int windowTokens, int microBatches) {
      return new Aggregation.SumNorm(Math.max(1, Masks.count(mask)) * microBatches)
          .weights(mask, groups);
    }
  }
}
