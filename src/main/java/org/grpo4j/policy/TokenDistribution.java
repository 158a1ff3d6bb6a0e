package org.grpo4j.policy;

import java.util.BitSet;
import org.grpo4j.math.Numbers;

/**
 * The distribution that one token is drawn from: logits in, probabilities, entropy and the way back
 * to the logits out. Tables, networks, the sampler and the checks against reference vectors all use
 * this class. It can be filled again and again, so that a sampling loop allocates nothing.
 *
 * <p>The largest logit is subtracted first, so nothing overflows; a logit of minus infinity is a
 * token of probability 0.
 */
public final class TokenDistribution {

  /** Less probable tokens are not worth a place in a debugger. */
  private static final double SHOWN_PROBABILITY = 0.001;

  private final double temperature;
  private final ExpAndLog functions;
  private final double[] shifted;
  private final double[] weights;
  private double sumOfWeights;
  private double logSumOfWeights;

  /**
   * The distribution still without logits; {@link #read} gives it some.
   *
   * @param vocabularySize number of symbols {@code V}
   * @param temperature {@code tau}, positive: the one that tokens are sampled at
   * @param functions what probabilities are computed with: {@link TokenModel#functions}
   */
  public TokenDistribution(int vocabularySize, double temperature, ExpAndLog functions) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature: must be positive, got " + temperature);
    }
    this.temperature = temperature;
    this.functions = functions;
    this.shifted = new double[vocabularySize];
    this.weights = new double[vocabularySize];
  }

  /** The distribution of these {@code logits}, {@code [V]}, by the functions of this machine. */
  public static TokenDistribution of(double[] logits, double temperature) {
    return of(logits, temperature, ExpAndLog.OF_THE_MACHINE);
  }

  /** The distribution of these {@code logits}, {@code [V]}. */
  static TokenDistribution of(double[] logits, double temperature, ExpAndLog functions) {
    TokenDistribution distribution = new TokenDistribution(logits.length, temperature, functions);
    distribution.read(logits);
    return distribution;
  }

  /** Takes other logits {@code z}, {@code [V]}. */
  public void read(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < shifted.length; j++) {
      shifted[j] = logits[j] / temperature;
      largest = Math.max(largest, shifted[j]);
    }
    sumOfWeights = 0;
    for (int j = 0; j < shifted.length; j++) {
      shifted[j] -= largest;
      weights[j] = functions.exp(shifted[j]);
      sumOfWeights += weights[j];
    }
    logSumOfWeights = functions.log(sumOfWeights);
  }

  /**
   * Leaves all but the most probable symbols out, and gives those that are left all probability:
   * the first {@code topK}, then of these the first that have {@code topP} together. Of equally
   * probable symbols those with lower ids come first.
   *
   * @param topK how many at most; 0 for all
   * @param topP in (0, 1]; at least one symbol is left
   * @return the ids that are left
   */
  public BitSet leave(int topK, double topP) {
    int[] byProbability = new int[weights.length];
    for (int j = 0; j < byProbability.length; j++) {
      int place = j;
      for (; place > 0 && weights[byProbability[place - 1]] < weights[j]; place--) {
        byProbability[place] = byProbability[place - 1];
      }
      byProbability[place] = j;
    }
    int most = topK == 0 ? weights.length : Math.min(topK, weights.length);
    double sumOfMost = 0;
    for (int rank = 0; rank < most; rank++) {
      sumOfMost += weights[byProbability[rank]];
    }
    BitSet left = new BitSet(weights.length);
    double sum = 0;
    for (int rank = 0; rank < most && (rank == 0 || sum < topP * sumOfMost); rank++) {
      left.set(byProbability[rank]);
      sum += weights[byProbability[rank]];
    }
    sumOfWeights = 0;
    for (int j = 0; j < weights.length; j++) {
      if (left.get(j)) {
        sumOfWeights += weights[j]; // in the order of the ids, as when the logits are read
      } else {
        shifted[j] = Double.NEGATIVE_INFINITY;
        weights[j] = 0;
      }
    }
    logSumOfWeights = functions.log(sumOfWeights);
    return left;
  }

  /** False if a logit is not a number or infinite, or all are minus infinity. */
  public boolean isFinite() {
    return sumOfWeights >= 1 && sumOfWeights <= weights.length;
  }

  /** Number of symbols {@code V}. */
  public int size() {
    return shifted.length;
  }

  /** {@code log p_j = z_j / tau - log sum_k exp(z_k / tau)} (Eq. 23). */
  public double logProbability(int token) {
    return shifted[token] - logSumOfWeights;
  }

  /** {@code p_j}. */
  public double probability(int token) {
    return weights[token] / sumOfWeights;
  }

  /** {@code H = -sum_j p_j log p_j} in nats (Eq. 9), with {@code 0 log 0 = 0}. */
  public double entropy() {
    double entropy = 0;
    for (int j = 0; j < shifted.length; j++) {
      double p = probability(j);
      entropy -= p == 0 ? 0 : p * logProbability(j);
    }
    return entropy;
  }

  /**
   * The way from a token's two derivatives to its logits (Eq. 8): all that a policy has to know of
   * the algorithm. With {@code o} the token that was drawn,
   *
   * <pre>dL/dz_j = (1/tau) [ g (1[j = o] - p_j)  -  h p_j (log p_j + H) ]</pre>
   *
   * The result sums to 0 over {@code j}.
   *
   * @param chosen {@code o}
   * @param g {@code dL/dlog p_o}, the coefficient of the token's log-probability
   * @param h {@code dL/dH}, that of its entropy
   * @param into where {@code dL/dz} is written, {@code [V]}
   */
  public void lossByLogits(int chosen, double g, double h, double[] into) {
    double entropy = h == 0 ? 0 : entropy();
    for (int j = 0; j < into.length; j++) {
      double p = probability(j);
      double indicator = j == chosen ? 1 : 0;
      double byEntropy = h == 0 || p == 0 ? 0 : p * (logProbability(j) + entropy);
      double byLogit = (g * (indicator - p) - h * byEntropy) / temperature;
      into[j] = byLogit;
    }
  }

  /** {@code log p_j} of every symbol, {@code [V]}. */
  public double[] logProbabilities() {
    double[] all = new double[shifted.length];
    for (int j = 0; j < all.length; j++) {
      all[j] = logProbability(j);
    }
    return all;
  }

  /**
   * The same from the derivatives by the log-probabilities of all symbols; with all but one of them
   * 0 it is {@link #lossByLogits(int, double, double, double[])} without an entropy term.
   *
   * <pre>dL/dz_j = (1/tau) [ G_j - p_j sum_v G_v ]</pre>
   *
   * @param all {@code G_v = dL/dlog p_v}, {@code [V]}
   * @param into where {@code dL/dz} is written, {@code [V]}
   */
  public void lossByLogits(double[] all, double[] into) {
    double sum = 0;
    for (double one : all) {
      sum += one;
    }
    for (int j = 0; j < into.length; j++) {
      into[j] = (all[j] - probability(j) * sum) / temperature;
    }
  }

  /**
   * The token whose share of [0, 1), the tokens laid end to end by id, holds {@code uniform}. A
   * token of probability 0 is never returned.
   *
   * @param uniform in [0, 1)
   */
  public int tokenAt(double uniform) {
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

  /** The most probable token; of several the one with the lowest id. */
  public int mostProbableToken() {
    int best = 0;
    for (int j = 1; j < shifted.length; j++) {
      if (shifted[j] > shifted[best]) {
        best = j;
      }
    }
    return best;
  }

  /**
   * The probability of each token id for people: {@code {3: 0.25, 7: 0.7412}}, without tiny ones.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int j = 0; j < weights.length; j++) {
      if (probability(j) >= SHOWN_PROBABILITY) {
        text.append(text.length() == 1 ? "" : ", ").append(j).append(": ");
        text.append(Numbers.brief(probability(j)));
      }
    }
    return text.append('}').toString();
  }
}
