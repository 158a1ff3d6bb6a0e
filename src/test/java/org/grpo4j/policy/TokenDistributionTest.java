package org.grpo4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.Property;
import org.junit.jupiter.api.Test;

class TokenDistributionTest {

  @Test
  void probabilitiesSumToOneAndSurviveLargeLogits() {
    TokenDistribution distribution =
        TokenDistribution.of(new double[] {1000, 1001, Double.NEGATIVE_INFINITY}, 1);
    assertEquals(1, distribution.probability(0) + distribution.probability(1), 1e-12);
    assertEquals(0, distribution.probability(2));
    assertEquals(Double.NEGATIVE_INFINITY, distribution.logProbability(2));
    assertEquals(1, distribution.logProbability(1) - distribution.logProbability(0), 1e-12);
    assertTrue(distribution.isFinite());
  }

  @Test
  void temperatureDividesTheLogits() {
    double[] logits = {1, -2, 0.5};
    double[] halved = {0.5, -1, 0.25};
    TokenDistribution hot = TokenDistribution.of(logits, 2);
    TokenDistribution same = TokenDistribution.of(halved, 1);
    for (int j = 0; j < logits.length; j++) {
      assertEquals(same.logProbability(j), hot.logProbability(j));
    }
    assertThrows(IllegalArgumentException.class, () -> TokenDistribution.of(logits, 0));
  }

  @Test
  void logitsThatAreNoNumbersAreNoDistribution() {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      TokenDistribution distribution = TokenDistribution.of(new double[] {0, wrong}, 1);
      assertFalse(distribution.isFinite());
    }
    TokenDistribution nothing = TokenDistribution.of(new double[] {Double.NEGATIVE_INFINITY}, 1);
    assertFalse(nothing.isFinite());
  }

  @Test
  void entropyOfKnownDistributions() {
    assertEquals(Math.log(4), TokenDistribution.of(new double[4], 1).entropy(), 1e-15);
    double[] certain = {0, Double.NEGATIVE_INFINITY};
    assertEquals(0, TokenDistribution.of(certain, 1).entropy());
  }

  @Test
  void everyTokenHasItsShareOfTheLine() {
    double[] logits = {Math.log(1), Double.NEGATIVE_INFINITY, Math.log(3)};
    TokenDistribution distribution = TokenDistribution.of(logits, 1);
    assertEquals(0, distribution.tokenAt(0));
    assertEquals(0, distribution.tokenAt(0.2499));
    assertEquals(2, distribution.tokenAt(0.2501));
    assertEquals(2, distribution.tokenAt(Math.nextDown(1.0)));
    assertEquals(2, distribution.mostProbableToken());
    assertEquals("{0: 0.25, 2: 0.75}", distribution.toString());
  }

  /** Eq. 8 against finite differences of {@code g log p_a + h H}. */
  @Test
  void lossByLogitsIsTheDerivative() {
    Property.forAll(
        random -> {
          double[] logits = new double[2 + random.nextInt(4)];
          for (int j = 0; j < logits.length; j++) {
            logits[j] = Property.around(random, 2);
          }
          double temperature = 0.5 + random.nextDouble();
          int token = random.nextInt(logits.length);
          double g = Property.around(random, 1);
          double h = Property.around(random, 1);
          double[] gradient = new double[logits.length];
          TokenDistribution.of(logits, temperature).lossByLogits(token, g, h, gradient);
          double sum = 0;
          for (int j = 0; j < logits.length; j++) {
            double[] above = logits.clone();
            double[] below = logits.clone();
            above[j] += 1e-5;
            below[j] -= 1e-5;
            double slope =
                (loss(above, token, g, h, temperature) - loss(below, token, g, h, temperature))
                    / 2e-5;
            assertEquals(slope, gradient[j], 1e-8);
            sum += gradient[j];
          }
          assertEquals(0, sum, 1e-14);
        });
  }

  private static double loss(double[] logits, int token, double g, double h, double temperature) {
    TokenDistribution distribution = TokenDistribution.of(logits, temperature);
    return g * distribution.logProbability(token) + h * distribution.entropy();
  }
}
