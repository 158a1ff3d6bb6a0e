package org.grpo4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.RandomStreams;

/**
 * Cuts the rows of a rollout into mini-batches, one optimiser step each. One mini-batch keeps the
 * rows in order; several are cut from a fresh shuffle in every inner epoch.
 */
final class MiniBatches {

  private final int miniBatches;
  private final RandomStreams random;

  MiniBatches(int miniBatches, RandomStreams random) {
    this.miniBatches = miniBatches;
    this.random = random;
  }

  /** The mini-batches of an inner epoch: every row once, sizes differing by one at most. */
  List<MiniBatch> of(int rows, int update, int innerEpoch) {
    List<Integer> order = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      order.add(row);
    }
    if (miniBatches > 1) {
      shuffle(order, random.stream(RandomStreams.Purpose.MINI_BATCH, update, innerEpoch));
    }
    List<MiniBatch> batches = new ArrayList<>(miniBatches);
    for (int b = 0; b < miniBatches; b++) {
      int from = (int) ((long) rows * b / miniBatches);
      int to = (int) ((long) rows * (b + 1) / miniBatches);
      batches.add(new MiniBatch(update, innerEpoch, b, random, order.subList(from, to)));
    }
    return batches;
  }

  /** Fisher and Yates. */
  private static void shuffle(List<Integer> order, SplittableRandom stream) {
    for (int i = order.size() - 1; i > 0; i--) {
      int j = stream.nextInt(i + 1);
      Integer swapped = order.get(i);
      order.set(i, order.get(j));
      order.set(j, swapped);
    }
  }
}
