package org.grpo4j.math;

/**
 * Probabilities kept as logarithms. All functions take the maximum out first, so that nothing
 * overflows; a logit of negative infinity is a token of probability 0.
 */
public final class LogSpace {

  private LogSpace() {}

  /** {@code log sum_j exp(x_j)}; negative infinity for no numbers. */
  public static double logSumExp(double... x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      max = Math.max(max, value);
    }
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (double value : x) {
      sum += Elementary.exp(value - max);
    }
    return max + Elementary.log(sum);
  }

  /**
   * The log-probabilities of all tokens, {@code log p_j = z_j/tau - log sum_k exp(z_k/tau)} (Eq.
   * 23), {@code [V]}.
   *
   * @param logits {@code z}, {@code [V]}
   * @param temperature {@code tau}, positive: the one the tokens were sampled at
   */
  public static double[] logSoftmax(double[] logits, double temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature: must be positive, got " + temperature);
    }
    double[] logProbs = new double[logits.length];
    for (int j = 0; j < logits.length; j++) {
      logProbs[j] = logits[j] / temperature;
    }
    double logNormalizer = logSumExp(logProbs);
    for (int j = 0; j < logits.length; j++) {
      logProbs[j] -= logNormalizer;
    }
    return logProbs;
  }

  /** The entropy {@code H = -sum_j p_j log p_j} in nats (Eq. 9), with {@code 0 log 0 = 0}. */
  public static double entropy(double[] logProbs) {
    double entropy = 0;
    for (double logProb : logProbs) {
      if (logProb != Double.NEGATIVE_INFINITY) {
        entropy -= Elementary.exp(logProb) * logProb;
      }
    }
    return entropy;
  }

  /**
   * From a token's two derivatives to its logits (Eq. 8): all that a network has to know of the
   * algorithm.
   *
   * <pre>dL/dz_j = (1/tau) [ g (1[j = a] - p_j)  -  h p_j (log p_j + H) ]</pre>
   *
   * The result sums to 0 over {@code j}.
   *
   * @param logProbs {@code log p_j} at the temperature, {@code [V]}
   * @param token {@code a}, the token that was sampled
   * @param lossByLogProb {@code g = dL/dlog p_a}
   * @param lossByEntropy {@code h = dL/dH}
   * @param temperature {@code tau}
   * @return {@code dL/dz_j}, {@code [V]}
   */
  public static double[] lossByLogits(
      double[] logProbs,
      int token,
      double lossByLogProb,
      double lossByEntropy,
      double temperature) {
    double entropy = entropy(logProbs);
    double[] lossByLogits = new double[logProbs.length];
    for (int j = 0; j < logProbs.length; j++) {
      double probability = Elementary.exp(logProbs[j]);
      double oneHot = j == token ? 1 : 0;
      double logProbByLogit = oneHot - probability;
      double entropyByLogit = probability == 0 ? 0 : -probability * (logProbs[j] + entropy);
      lossByLogits[j] =
          (lossByLogProb * logProbByLogit + lossByEntropy * entropyByLogit) / temperature;
    }
    return lossByLogits;
  }
}
