package org.grpo4j.proof;

import org.apache.commons.math3.util.CombinatoricsUtils;

/** What GRPO's division does to a prompt, in closed form. */
final class DeviationFactor {

  private DeviationFactor() {}

  /**
   * By how much the gradient of a prompt's expected reward is multiplied, for rewards of 0 and 1:
   * {@code E[k(G-k) / (std(k) + eps)] / (G^2 p (1-p))}, with k right completions of G.
   */
  static double of(double successRate, int groupSize, double stdEpsilon) {
    double expected = 0;
    for (int right = 1; right < groupSize; right++) {
      double probability =
          CombinatoricsUtils.binomialCoefficientDouble(groupSize, right)
              * Math.pow(successRate, right)
              * Math.pow(1 - successRate, groupSize - right);
      double product = right * (groupSize - right);
      double deviation = Math.sqrt(product / (groupSize * (groupSize - 1.0)));
      expected += probability * product / (deviation + stdEpsilon);
    }
    return expected / (groupSize * groupSize * successRate * (1 - successRate));
  }
}
