package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

@Story(
    area = "divergence",
    what = "The divergence is added to the reward instead of subtracted.",
    symptom = "PPO drifts from its reference and is paid for it.")
final class DivergenceSignInTheReward extends Mistake {

  @Override
  public TokenTable tokenRewards(
      DoubleVector scores,
      TokenTable logProbs,
      TokenTable reference,
      TokenTable mask,
      double beta) {
    return super.tokenRewards(scores, reference, logProbs, mask, beta);
  }
}
