package org.grpo4j.train;

import java.util.List;

/**
 * The rows of one optimiser step.
 *
 * @param update the update
 * @param innerEpoch the pass over its completions, from 0
 * @param number which mini-batch of the pass, from 0
 * @param rows the rows of the rollout, in the order of the step's tables
 */
record MiniBatch(int update, int innerEpoch, int number, List<Integer> rows) {

  MiniBatch {
    rows = List.copyOf(rows);
  }
}
