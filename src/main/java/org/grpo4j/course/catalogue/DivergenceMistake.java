package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** Typical mistakes in the KL term (Eq. 5). */
enum DivergenceMistake implements Mistake {
  @Story(
      what = "K1 stands in the loss.",
      symptom =
          "The divergence is reported correctly and not held back: its expected gradient is 0.",
      seen = "rasbt, reasoning-from-scratch 7_5_plus_kl.py:229",
      elsewhere = "In the reward K1 is right; Eq. 1 has K3 in the loss.")
  K1_IN_THE_LOSS {
    @Override
    public double klValue(double logProb, double referenceLogProb) {
      return logProb - referenceLogProb;
    }

    @Override
    public double klSlope(double logProb, double referenceLogProb) {
      return 1;
    }
  },

  @Story(
      what = "K3 with the ratio of policy to reference instead of the other way round.",
      symptom = "The estimate is not the divergence; early spikes.",
      seen = "rlhf-book loss.py:23-59, natolambert/rlhf-book#489")
  K3_INVERTED {
    @Override
    public double klValue(double logProb, double referenceLogProb) {
      double x = logProb - referenceLogProb;
      return Math.exp(x) - x - 1;
    }

    @Override
    public double klSlope(double logProb, double referenceLogProb) {
      return Math.exp(logProb - referenceLogProb) - 1;
    }
  },

  @Story(
      what = "The -1 of K3 is forgotten.",
      symptom = "The reported divergence begins at 1; the gradient is right.")
  K3_WITHOUT_MINUS_ONE {
    @Override
    public double klValue(double logProb, double referenceLogProb) {
      double x = logProb - referenceLogProb;
      return Math.exp(-x) + x;
    }
  },

  @Story(
      what = "exp(-x) + x - 1 is computed in float as it is written.",
      symptom = "Near the reference the divergence is noise, sometimes negative.")
  K3_LOSES_ITS_DIGITS {
    @Override
    public double klValue(double logProb, double referenceLogProb) {
      float x = (float) (logProb - referenceLogProb);
      return (float) Math.exp(-x) + x - 1f;
    }
  },

  @Story(
      what = "The divergence is subtracted from the loss.",
      symptom = "The policy runs away from the reference.",
      seen = "easy to make when an objective is turned into a loss")
  DIVERGENCE_REWARDED {
    @Override
    public double klWeight(double beta) {
      return -beta;
    }
  },

  @Story(
      what = "The divergence is in the loss that is printed, but not in the gradient.",
      symptom = "The coefficient has no effect.",
      seen = "no-magic scales the learning rate with it instead")
  DIVERGENCE_NOT_IN_THE_GRADIENT {
    @Override
    public double klSlope(double logProb, double referenceLogProb) {
      return 0;
    }
  },

  @Story(
      what = "The divergence is added to the reward instead of subtracted.",
      symptom = "PPO drifts from its reference and is paid for it.")
  DIVERGENCE_SIGN_IN_THE_REWARD {
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
}
