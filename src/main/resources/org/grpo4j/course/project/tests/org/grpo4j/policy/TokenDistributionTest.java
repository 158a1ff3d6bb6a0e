package org.grpo4j.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TokenDistributionTest {

  private static final double[] LOGITS = {Math.log(1), Math.log(2), Math.log(5)};

  @Test
  void probabilities() {
    TokenDistribution distribution = TokenDistribution.of(LOGITS, 1);
    assertEquals(0.25, distribution.probability(1), 1e-12);
    assertEquals(Math.log(0.625), distribution.logProbability(2), 1e-12);
  }

  @Test
  void aTemperatureDividesTheLogits() {
    TokenDistribution hot = TokenDistribution.of(LOGITS, 2);
    double sum = 1 + Math.sqrt(2) + Math.sqrt(5);
    assertEquals(Math.sqrt(2) / sum, hot.probability(1), 1e-12);
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    TokenDistribution distribution = TokenDistribution.of(new double[] {1000, 0}, 1);
    assertEquals(-1000, distribution.logProbability(1), 1e-9);
  }

  @Test
  void entropy() {
    assertEquals(Math.log(3), TokenDistribution.of(new double[3], 1).entropy(), 1e-12);
    double[] certain = {0, Double.NEGATIVE_INFINITY};
    assertEquals(0, TokenDistribution.of(certain, 1).entropy(), 0);
  }

  /** Moves one logit a little and looks how a loss moves that is made of log p and entropy. */
  @Test
  void lossByLogitsIsTheSlope() {
    double temperature = 0.7;
    double g = -1.5;
    double h = 0.3;
    double[] slopes = new double[LOGITS.length];
    TokenDistribution.of(LOGITS, temperature).lossByLogits(1, g, h, slopes);
    double[] differences = new double[LOGITS.length];
    for (int j = 0; j < LOGITS.length; j++) {
      double step = 1e-6;
      double[] above = LOGITS.clone();
      double[] below = LOGITS.clone();
      above[j] += step;
      below[j] -= step;
      TokenDistribution up = TokenDistribution.of(above, temperature);
      TokenDistribution down = TokenDistribution.of(below, temperature);
      double moved =
          g * (up.logProbability(1) - down.logProbability(1)) + h * (up.entropy() - down.entropy());
      differences[j] = moved / (2 * step);
    }
    assertArrayEquals(differences, slopes, 1e-8);
  }
}
