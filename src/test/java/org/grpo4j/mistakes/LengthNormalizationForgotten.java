package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.RatioRow;

/** The ratio of a completion is the plain product, without the root of its length. */
public final class LengthNormalizationForgotten extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "The ratio of a completion is the plain product, without the root of its length.";
  }

  @Override
  public String symptom() {
    return "Long completions leave the narrow range of GSPO at once.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public DoubleVector sequenceRatios(RatioRow row) {
    return DoubleVector.constant(row.mask().size(), Math.exp(row.logRatios().sum()));
  }
}
