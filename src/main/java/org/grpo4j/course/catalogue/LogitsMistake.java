package org.grpo4j.course.catalogue;

/** Typical mistakes between logits and log-probabilities (Eq. 8, Eq. 9, Eq. 23). */
enum LogitsMistake implements Mistake {
  @Story(
      what = "The logits after a token are used to score that token.",
      symptom =
          "Log-probabilities of another position; the ratio at the first step is not 1 if only one"
              + " side is shifted.")
  LABELS_SHIFTED {
    @Override
    public int logitColumn(int t) {
      return t + 1;
    }
  },

  @Story(
      what = "Completions are sampled at a temperature and scored at 1.",
      symptom =
          "The ratio at the first step is not 1; hidden if the old log-probabilities are recomputed"
              + " the same way.",
      seen = "reasoning-from-scratch, simple_GRPO, minimind; huggingface/trl#4159")
  TEMPERATURE_FORGOTTEN_IN_SCORING {
    @Override
    public double[] logProbs(double[] logits, double temperature) {
      return super.logProbs(logits, 1);
    }
  },

  @Story(
      what = "The factor 1/temperature is missing in the gradient.",
      symptom = "Another learning rate, as long as the temperature is constant.",
      seen = "easy to make in hand-written backward passes")
  TEMPERATURE_FORGOTTEN_IN_GRADIENT {
    @Override
    public double[] lossByLogits(
        double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
      return super.lossByLogits(logProbs, token, byLogProb, byEntropy, 1);
    }
  },

  @Story(
      what = "Only the logit of the sampled token gets a gradient, not those of the others.",
      symptom = "Logits drift upwards; probabilities move too slowly.")
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

  @Story(
      what = "The entropy bonus has the wrong sign.",
      symptom = "Entropy collapses faster, the larger the coefficient.")
  ENTROPY_PUNISHED {
    @Override
    public double entropyWeight(double alpha) {
      return alpha;
    }
  },

  @Story(
      what = "Minus the log-probability of the sampled token is taken for the entropy.",
      symptom = "The reported entropy is noisy; as a bonus its gradient is another.",
      seen = "nano-aha-moment reports it under that name")
  ENTROPY_BY_SAMPLE {
    @Override
    public double entropy(double[] logProbs, int token) {
      return -logProbs[token];
    }
  }
}
