package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.RatioRow;

@Story(
    area = "ratio and surrogate",
    what = "Old over new instead of new over old.",
    symptom = "Right in the first step; later, clipping protects the wrong tokens.")
final class RatioInverted extends Mistake {

  @Override
  public DoubleVector ratios(RatioRow row) {
    double[] ratios = super.ratios(row).toArray();
    for (int t = 0; t < ratios.length; t++) {
      ratios[t] = 1 / ratios[t];
    }
    return DoubleVector.of(ratios);
  }
}
