package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.grpo4j.math.RandomStreams;
import org.junit.jupiter.api.Test;

class MiniBatchesTest {

  private static final RandomStreams RANDOM = new RandomStreams(7);

  @Test
  void oneMiniBatchKeepsTheOrder() {
    List<MiniBatch> batches = new MiniBatches(1, RANDOM).of(5, 3, 1);

    assertEquals(List.of(new MiniBatch(3, 1, 0, RANDOM, List.of(0, 1, 2, 3, 4))), batches);
  }

  @Test
  void everyRowIsInExactlyOneMiniBatch() {
    List<MiniBatch> batches = new MiniBatches(4, RANDOM).of(30, 0, 0);

    List<Integer> rows = new ArrayList<>();
    for (MiniBatch batch : batches) {
      assertEquals(7.5, batch.rows().size(), 0.5);
      rows.addAll(batch.rows());
    }
    Collections.sort(rows);
    assertEquals(IntStream.range(0, 30).boxed().toList(), rows);
  }

  @Test
  void shufflesAnewInEveryEpochAndTheSameWayInEveryRun() {
    List<MiniBatch> first = new MiniBatches(2, RANDOM).of(16, 0, 0);

    assertEquals(first, new MiniBatches(2, new RandomStreams(7)).of(16, 0, 0));
    List<Integer> rows = first.get(0).rows();
    assertNotEquals(rows, new MiniBatches(2, RANDOM).of(16, 0, 1).get(0).rows());
    assertNotEquals(rows, new MiniBatches(2, RANDOM).of(16, 1, 0).get(0).rows());
  }
}
