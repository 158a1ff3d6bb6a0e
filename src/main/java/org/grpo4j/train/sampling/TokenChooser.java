package org.grpo4j.train.sampling;

/** Chooses the next token of a row. One instance serves the rows of one chunk on one thread. */
sealed interface TokenChooser permits SampledToken, GreedyToken {

  /** The next token of row {@code row}, given its distribution. */
  int choose(int row, NextTokenDistribution distribution);
}
