package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** The divergence is added to the reward instead of subtracted. */
public final class DivergenceSignInTheReward extends Mistake {

  @Override
  public String area() {
    return "divergence";
  }

  @Override
  public String what() {
    return "The divergence is added to the reward instead of subtracted.";
  }

  @Override
  public String symptom() {
    return "PPO drifts from its reference and is paid for it.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

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
