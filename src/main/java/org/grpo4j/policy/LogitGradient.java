package org.grpo4j.policy;

/** How strongly the loss pulls at the logits of one token (Eq. 8 and 9). */
public final class LogitGradient {

  private LogitGradient() {}

  /**
   * The L2 norm of {@code dL/dz} over the vocabulary, {@code dL/dz_j = (1/tau) [ g (1[j = o] - p_j)
   * - h p_j (log p_j + H) ]}. Logits of different tokens are different coordinates, so the squares
   * of the norms of several tokens add up.
   *
   * @param probabilities the distribution the token was drawn from, {@code [V]}
   * @param chosen the token {@code o}
   * @param lossByLogProb {@code g}
   * @param lossByEntropy {@code h}
   * @param temperature {@code tau}
   */
  public static double norm(
      double[] probabilities,
      int chosen,
      double lossByLogProb,
      double lossByEntropy,
      double temperature) {
    double entropy = lossByEntropy == 0 ? 0 : entropy(probabilities); // logarithms cost time
    double sumOfSquares = 0;
    for (int j = 0; j < probabilities.length; j++) {
      double p = probabilities[j];
      double indicator = j == chosen ? 1 : 0;
      double byEntropy = lossByEntropy == 0 || p == 0 ? 0 : p * (Math.log(p) + entropy);
      double byLogit = (lossByLogProb * (indicator - p) - lossByEntropy * byEntropy) / temperature;
      sumOfSquares += byLogit * byLogit;
    }
    return Math.sqrt(sumOfSquares);
  }

  private static double entropy(double[] probabilities) {
    double entropy = 0;
    for (double p : probabilities) {
      entropy -= p == 0 ? 0 : p * Math.log(p);
    }
    return entropy;
  }
}
