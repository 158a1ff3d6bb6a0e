package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.RatioRow;

/** The log-ratio of a completion is divided by the padded width instead of its length. */
public final class SequenceRatioOverPadding extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "The log-ratio of a completion is divided by the padded width instead of its length.";
  }

  @Override
  public String symptom() {
    return "Ratios of short completions are too near 1 and depend on the longest of the batch.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public DoubleVector sequenceRatios(RatioRow row) {
    double mean = row.logRatios().sum() / row.mask().size();
    return DoubleVector.constant(row.mask().size(), Math.exp(mean));
  }
}
