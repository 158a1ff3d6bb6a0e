package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** Typical mistakes in the KL term (Eq. 5). */
enum DivergenceMistake implements Mistake {
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
  K3_WITHOUT_MINUS_ONE {
    @Override
    public double klValue(double logProb, double referenceLogProb) {
      double x = logProb - referenceLogProb;
      return Math.exp(-x) + x;
    }
  },
  K3_LOSES_ITS_DIGITS {
    @Override
    public double klValue(double logProb, double referenceLogProb) {
      float x = (float) (logProb - referenceLogProb);
      return (float) Math.exp(-x) + x - 1f;
    }
  },
  DIVERGENCE_REWARDED {
    @Override
    public double klWeight(double beta) {
      return -beta;
    }
  },
  DIVERGENCE_NOT_IN_THE_GRADIENT {
    @Override
    public double klSlope(double logProb, double referenceLogProb) {
      return 0;
    }
  },
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
