package org.grpo4j.train.sampling;

import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.policy.TokenDistribution;

/** Chooses the next token of a row. One instance serves the rows of one chunk on one thread. */
sealed interface TokenChooser {

  /** The next token of row {@code row}, given its distribution. */
  int choose(int row, TokenDistribution distribution);

  /**
   * Draws each token from its distribution, one uniform number per token. Every row has a generator
   * of its own, so what a row draws does not depend on the rows around it.
   *
   * @param generators one per row
   */
  record Sampled(List<SplittableRandom> generators) implements TokenChooser {

    @Override
    public int choose(int row, TokenDistribution distribution) {
      return distribution.tokenAt(generators.get(row).nextDouble());
    }
  }

  /** Always the most probable token; of several the one with the lowest id. */
  record Greedy() implements TokenChooser {

    @Override
    public int choose(int row, TokenDistribution distribution) {
      return distribution.mostProbableToken();
    }
  }
}
