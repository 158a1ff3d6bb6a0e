package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.RatioRow;

/** Old over new instead of new over old. */
public final class RatioInverted extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "Old over new instead of new over old.";
  }

  @Override
  public String symptom() {
    return "Right in the first step; later, clipping protects the wrong tokens.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public DoubleVector ratios(RatioRow row) {
    double[] ratios = super.ratios(row).toArray();
    for (int t = 0; t < ratios.length; t++) {
      ratios[t] = 1 / ratios[t];
    }
    return DoubleVector.of(ratios);
  }
}
