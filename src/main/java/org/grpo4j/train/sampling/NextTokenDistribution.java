package org.grpo4j.train.sampling;

import org.grpo4j.math.Numbers;
import org.grpo4j.policy.Decoding;

/**
 * The distribution of one next token: {@code log p_j = z_j / tau - log sum_k exp(z_k / tau)} (Eq.
 * 23), in double. One instance is filled again and again, so that the sampling loop allocates
 * nothing per token.
 */
final class NextTokenDistribution {

  /** Less probable tokens are not worth a place in a debugger. */
  private static final double SHOWN_PROBABILITY = 0.001;

  private final double temperature;
  private final double[] logits;
  private final double[] weights;
  private double largest;
  private double sumOfWeights;

  /**
   * @param vocabularySize number of symbols {@code V}
   * @param temperature {@code tau}, positive
   */
  NextTokenDistribution(int vocabularySize, double temperature) {
    this.temperature = temperature;
    this.logits = new double[vocabularySize];
    this.weights = new double[vocabularySize];
  }

  /**
   * Takes the distribution of row {@code row}'s next token.
   *
   * @throws ArithmeticException if the logits are not numbers or all are minus infinity
   */
  void read(Decoding decoding, int row) {
    decoding.logits(row, logits);
    largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < logits.length; j++) {
      logits[j] /= temperature;
      largest = Math.max(largest, logits[j]);
    }
    sumOfWeights = 0;
    for (int j = 0; j < logits.length; j++) {
      weights[j] = Math.exp(logits[j] - largest);
      sumOfWeights += weights[j];
    }
    if (!(sumOfWeights >= 1 && sumOfWeights <= logits.length)) {
      throw new ArithmeticException(
          "logits: must be finite, largest " + largest + ", sum of exponentials " + sumOfWeights);
    }
  }

  /** {@code log p_token}. */
  double logProbability(int token) {
    return logits[token] - largest - Math.log(sumOfWeights);
  }

  /**
   * The token whose share of [0, 1), the tokens laid end to end by id, holds {@code uniform}. A
   * token of probability 0 is never returned.
   *
   * @param uniform in [0, 1)
   */
  int tokenAt(double uniform) {
    double target = uniform * sumOfWeights;
    double passed = 0;
    int lastPossible = 0;
    for (int j = 0; j < weights.length; j++) {
      if (weights[j] > 0) {
        passed += weights[j];
        lastPossible = j;
        if (target < passed) {
          return j;
        }
      }
    }
    return lastPossible;
  }

  /**
   * For people: the probability of each token id, {@code {3: 0.25, 7: 0.7412}}; tiny ones left out.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int j = 0; j < weights.length; j++) {
      double probability = weights[j] / sumOfWeights;
      if (probability >= SHOWN_PROBABILITY) {
        text.append(text.length() == 1 ? "" : ", ").append(j).append(": ");
        text.append(Numbers.brief(probability));
      }
    }
    return text.append('}').toString();
  }

  /** The most probable token; of several the one with the lowest id. */
  int mostProbableToken() {
    int best = 0;
    for (int j = 1; j < logits.length; j++) {
      if (logits[j] > logits[best]) {
        best = j;
      }
    }
    return best;
  }
}
