package org.grpo4j.performance;

/**
 * The operations and bytes of the network in a step, counted from the shapes of its columns (see
 * {@code ColumnPlan}): what is padded counts, soft-max, layer norm and the rest do not.
 *
 * @param operations of matrix products and attention, two for each multiply-add
 * @param bytes at least moved: every activation written once and read once, weights read once
 */
record StepCount(double operations, double bytes) {

  private static final int PROMPT = 6;
  private static final int VOCABULARY = 22;
  private static final int HEADS = 4;
  private static final int LANES = 16;
  private static final int ROWS = 64;

  private static final StepCount NOTHING = new StepCount(0, 0);

  private StepCount plus(StepCount more, double times) {
    return new StepCount(operations + times * more.operations, bytes + times * more.bytes);
  }

  /** Sampling: prompts once, then a column for every row and token but the last. */
  static StepCount rollout(Size size) {
    StepCount count = NOTHING.plus(prompts(size), 1);
    for (int step = 0; step < size.length() - 1; step++) {
      count = count.plus(columns(size, ROWS, ROWS, ROWS * (PROMPT + step + 1.0)), 1);
    }
    return NOTHING.plus(count, parts(size));
  }

  /** The way forward of the update: the same columns in one piece. */
  static StepCount forward(Size size) {
    return NOTHING.plus(pass(size), parts(size));
  }

  /** The way back: products by weights and by activations, so twice the way forward. */
  static StepCount backward(Size size) {
    return NOTHING.plus(pass(size), 2.0 * parts(size));
  }

  private static double parts(Size size) {
    return Math.ceil(size.completions() / (double) ROWS);
  }

  private static StepCount pass(Size size) {
    int steps = size.length() - 1;
    double own = (double) ROWS * steps;
    double keys = ROWS * (steps * (PROMPT + 1.0) + steps * (steps - 1) / 2.0);
    return NOTHING.plus(prompts(size), 1).plus(columns(size, own, own, keys), 1);
  }

  /** Of the last block's prompt columns only the last position goes through all of it. */
  private static StepCount prompts(Size size) {
    double width = Math.ceil(ROWS / (double) size.group() / LANES) * LANES;
    StepCount last = columns(size.withLayers(1), PROMPT * width, width, PROMPT * width);
    double all = PROMPT * width;
    double keys = width * PROMPT * (PROMPT + 1) / 2.0;
    return size.layers() == 1
        ? last
        : last.plus(columns(size.withLayers(size.layers() - 1), all, all, keys), 1);
  }

  /**
   * @param all columns whose keys and values are computed
   * @param active columns that go through the rest
   * @param keys pairs of an active column and a column that it looks at
   */
  private static StepCount columns(Size size, double all, double active, double keys) {
    double d = size.width();
    double products = 2 * d * d * all + (2 * d * d + 8 * d * d) * active;
    double attention = 2 * d * keys;
    double head = VOCABULARY * d * active;
    double block = products + attention;
    // x, its norm, keys and values; query, attended, middle, its norm, output, and four times as
    // wide the hidden layer; the weights of attention
    double floats = 4 * d * all + (5 * d + 4 * d) * active + HEADS * keys;
    double weights = 12 * d * d;
    return new StepCount(
        2 * (size.layers() * block + head),
        Float.BYTES
            * (size.layers() * (2 * floats + weights) + 2 * VOCABULARY * active + VOCABULARY * d));
  }
}
