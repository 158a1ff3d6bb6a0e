package org.grpo4j.train.sampling;

/** Always the most probable token; of several the one with the lowest id. */
record GreedyToken() implements TokenChooser {

  @Override
  public int choose(int row, NextTokenDistribution distribution) {
    return distribution.mostProbableToken();
  }
}
