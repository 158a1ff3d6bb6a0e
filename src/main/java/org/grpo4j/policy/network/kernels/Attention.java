package org.grpo4j.policy.network.kernels;

/**
 * Causal multi-head attention (Eq. 21) over a batch of rows that are all at the same position: the
 * column of token {@code s} of row {@code r} is {@code s * rows + r}, so neighbouring floats are
 * neighbouring rows. Query {@code s} stands at position {@code start + s} and sees the keys {@code
 * 0 .. start + s}.
 */
interface Attention {

  /**
   * Sizes of one call.
   *
   * @param heads number of heads
   * @param headWidth features of a head {@code d}
   * @param start position of the first query
   * @param steps number of queries of each row
   * @param rows number of rows, a multiple of {@link ColumnPlan#LANES}
   */
  record Extent(int heads, int headWidth, int start, int steps, int rows) {

    /** Number of keys that the last query sees. */
    int positions() {
      return start + steps;
    }

    /** Floats of the attention weights, {@code [heads][steps][positions][rows]}. */
    int weightCount() {
      return heads * steps * positions() * rows;
    }

    /** Index of the weights of one query, {@code [positions][rows]}. */
    int weightIndex(int head, int step) {
      return (head * steps + step) * positions() * rows;
    }

    /** {@code 1 / sqrt(d)}. */
    float scale() {
      return (float) (1 / Math.sqrt(headWidth));
    }
  }

  /**
   * {@code output = softmax(queries keys^T / sqrt(d)) values}; keeps the weights.
   *
   * @param queries {@code [heads * d][steps * rows]}
   * @param keys {@code [heads * d][positions * rows]}
   * @param values like the keys
   * @param weights receives {@code [heads][steps][positions][rows]}
   * @param output like the queries
   */
  void forward(
      Extent extent,
      ColumnMatrix queries,
      ColumnMatrix keys,
      ColumnMatrix values,
      float[] weights,
      ColumnMatrix output);

  /**
   * Writes {@code dL/dqueries}, {@code dL/dkeys} and {@code dL/dvalues}.
   *
   * @param forward what {@link #forward} was given and wrote
   * @param byOutput {@code dL/doutput}
   */
  void backward(Extent extent, Operands forward, ColumnMatrix byOutput, Operands gradient);

  /**
   * Queries, keys and values, or their gradients.
   *
   * @param weights the attention weights; in a gradient, scratch of the same size
   */
  record Operands(
      ColumnMatrix queries, ColumnMatrix keys, ColumnMatrix values, FloatScratch weights) {}
}
