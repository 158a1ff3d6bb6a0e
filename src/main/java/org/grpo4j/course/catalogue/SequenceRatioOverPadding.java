package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.RatioRow;

@Story(
    area = "ratio and surrogate",
    what = "The log-ratio of a completion is divided by the padded width instead of its length.",
    symptom = "Ratios of short completions are too near 1 and depend on the longest of the batch.")
final class SequenceRatioOverPadding extends Mistake {

  @Override
  public DoubleVector sequenceRatios(RatioRow row) {
    double mean = row.logRatios().sum() / row.mask().size();
    return DoubleVector.constant(row.mask().size(), Math.exp(mean));
  }
}
