package org.grpo4j.policy.network;

import java.util.List;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.rollout.Sequence;

/**
 * The distributions that the tokens of a micro-batch are drawn from, in double precision (Eq. 23,
 * 9), and the way back from coefficients to logits (Eq. 8).
 */
final class TokenDistributions {

  private final List<Sequence> rows;
  private final int vocabularySize;
  private final double temperature;
  private final int[] firstToken;
  private final double[] logProbabilities;
  private final double[] probabilities;
  private final double[] entropies;

  TokenDistributions(MicroPass pass, List<Sequence> rows, int vocabularySize, double temperature) {
    this.rows = rows;
    this.vocabularySize = vocabularySize;
    this.temperature = temperature;
    this.firstToken = new int[rows.size() + 1];
    for (int r = 0; r < rows.size(); r++) {
      firstToken[r + 1] = firstToken[r] + rows.get(r).completion().length();
    }
    int tokens = firstToken[rows.size()];
    this.logProbabilities = new double[tokens * vocabularySize];
    this.probabilities = new double[tokens * vocabularySize];
    this.entropies = new double[tokens];
    double[] logits = new double[vocabularySize];
    for (int r = 0; r < rows.size(); r++) {
      for (int t = 0; t < rows.get(r).completion().length(); t++) {
        pass.logits(r, t, logits);
        normalize(logits, firstToken[r] + t);
      }
    }
  }

  /** {@code log p_j = z_j / tau - log sum_k exp(z_k / tau)} and {@code H = -sum_j p_j log p_j}. */
  private void normalize(double[] logits, int token) {
    int at = token * vocabularySize;
    double highest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < vocabularySize; j++) {
      highest = Math.max(highest, logits[j] / temperature);
    }
    double sum = 0;
    for (int j = 0; j < vocabularySize; j++) {
      double shifted = logits[j] / temperature - highest;
      logProbabilities[at + j] = shifted;
      probabilities[at + j] = Math.exp(shifted);
      sum += probabilities[at + j];
    }
    double logSum = Math.log(sum);
    double entropy = 0;
    for (int j = 0; j < vocabularySize; j++) {
      logProbabilities[at + j] -= logSum;
      probabilities[at + j] /= sum;
      double p = probabilities[at + j];
      entropy -= p == 0 ? 0 : p * logProbabilities[at + j];
    }
    entropies[token] = entropy;
  }

  double[] logProbsOfRow(int row) {
    double[] logProbs = new double[rows.get(row).completion().length()];
    for (int t = 0; t < logProbs.length; t++) {
      int token = rows.get(row).completion().get(t);
      logProbs[t] = logProbabilities[(firstToken[row] + t) * vocabularySize + token];
    }
    return logProbs;
  }

  double[] entropiesOfRow(int row) {
    double[] rowEntropies = new double[rows.get(row).completion().length()];
    System.arraycopy(entropies, firstToken[row], rowEntropies, 0, rowEntropies.length);
    return rowEntropies;
  }

  double[] probabilities(int row, int token) {
    double[] p = new double[vocabularySize];
    System.arraycopy(probabilities, (firstToken[row] + token) * vocabularySize, p, 0, p.length);
    return p;
  }

  /**
   * Writes {@code dL/dz_j = (1/tau) [ g (1[j = o] - p_j) - h p_j (log p_j + H) ]}.
   *
   * @param g coefficient of the token's log-probability
   * @param h coefficient of its entropy
   */
  void logitError(int row, int token, double g, double h, double[] into) {
    int index = firstToken[row] + token;
    int at = index * vocabularySize;
    int chosen = rows.get(row).completion().get(token);
    double entropy = entropies[index];
    for (int j = 0; j < vocabularySize; j++) {
      double p = probabilities[at + j];
      double indicator = j == chosen ? 1 : 0;
      double byEntropy = h == 0 || p == 0 ? 0 : p * (logProbabilities[at + j] + entropy);
      double byLogit = (g * (indicator - p) - h * byEntropy) / temperature;
      into[j] = byLogit;
    }
  }
}
