package org.grpo4j.train;

import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.RandomStreams;

/**
 * The rows of one optimiser step.
 *
 * @param update the update
 * @param innerEpoch the pass over its completions, from 0
 * @param number which mini-batch of the pass, from 0
 * @param random of the run
 * @param rows the rows of the rollout, in the order of the step's tables
 */
record MiniBatch(int update, int innerEpoch, int number, RandomStreams random, List<Integer> rows) {

  MiniBatch {
    rows = List.copyOf(rows);
  }

  /** The generator for tokens that are drawn by lot in this step. */
  SplittableRandom lots() {
    return random.stream(RandomStreams.Purpose.TOKEN_LOTS, update, innerEpoch, number);
  }
}
