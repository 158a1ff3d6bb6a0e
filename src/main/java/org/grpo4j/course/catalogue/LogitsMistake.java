package org.grpo4j.course.catalogue;

/** Typical mistakes between logits and log-probabilities (Eq. 8, Eq. 9, Eq. 23). */
enum LogitsMistake implements Mistake {
  LABELS_SHIFTED {
    @Override
    public int logitColumn(int t) {
      return t + 1;
    }
  },
  TEMPERATURE_FORGOTTEN_IN_SCORING {
    @Override
    public double[] logProbs(double[] logits, double temperature) {
      return super.logProbs(logits, 1);
    }
  },
  TEMPERATURE_FORGOTTEN_IN_GRADIENT {
    @Override
    public double[] lossByLogits(
        double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
      return super.lossByLogits(logProbs, token, byLogProb, byEntropy, 1);
    }
  },
  ONLY_THE_SAMPLED_LOGIT {
    @Override
    public double[] lossByLogits(
        double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
      double[] all = super.lossByLogits(logProbs, token, byLogProb, byEntropy, temperature);
      double[] one = new double[all.length];
      one[token] = all[token];
      return one;
    }
  },
  ENTROPY_PUNISHED {
    @Override
    public double entropyWeight(double alpha) {
      return alpha;
    }
  },
  ENTROPY_BY_SAMPLE {
    @Override
    public double entropy(double[] logProbs, int token) {
      return -logProbs[token];
    }
  }
}
