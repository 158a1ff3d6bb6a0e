package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.RatioRow;

@Story(
    area = "ratio and surrogate",
    what = "The ratio of a completion is the plain product, without the root of its length.",
    symptom = "Long completions leave the narrow range of GSPO at once.",
    elsewhere = "RLOO as in TRL does so (Eq. 48); GSPO's ratio, Eq. 47, is the geometric mean.")
final class LengthNormalizationForgotten extends Mistake {

  @Override
  public DoubleVector sequenceRatios(RatioRow row) {
    return DoubleVector.constant(row.mask().size(), Math.exp(row.logRatios().sum()));
  }
}
