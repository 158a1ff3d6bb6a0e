package org.grpo4j.train.sampling;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws each token from its distribution, one uniform number per token. Every row has a generator
 * of its own, so what a row draws does not depend on the rows around it.
 *
 * @param generators one per row
 */
record SampledToken(List<SplittableRandom> generators) implements TokenChooser {

  @Override
  public int choose(int row, NextTokenDistribution distribution) {
    return distribution.tokenAt(generators.get(row).nextDouble());
  }
}
