package org.grpo4j.policy.network.kernels;

/**
 * The shared keys and values of the prompt of several rows. A prompt is computed once; the
 * attention of its rows runs along the rows and wants its keys once per row.
 */
final class PromptSharing {

  private PromptSharing() {}

  /** Copies the prompts' keys to each row that continues them, and the rows' own behind them. */
  static void spread(ColumnPlan plan, int width, ColumnMatrix source, ColumnMatrix cache) {
    for (int f = 0; f < width; f++) {
      for (int t = 0; t < plan.promptLength; t++) {
        int from = source.row(f) + t * plan.paddedPrompts;
        int to = cache.row(f) + t * plan.paddedRows;
        for (int r = 0; r < plan.rows; r++) {
          cache.values[to + r] = source.values[from + plan.promptOfRow[r]];
        }
      }
      System.arraycopy(
          source.values,
          source.row(f) + plan.promptColumns(),
          cache.values,
          cache.row(f) + plan.start * plan.paddedRows,
          plan.steps * plan.paddedRows);
    }
  }

  /** The way back of {@link #spread}: a prompt's gradient is the sum over its rows. */
  static void gather(ColumnPlan plan, int width, ColumnMatrix cache, ColumnMatrix target) {
    for (int f = 0; f < width; f++) {
      for (int t = 0; t < plan.promptLength; t++) {
        int to = target.row(f) + t * plan.paddedPrompts;
        int from = cache.row(f) + t * plan.paddedRows;
        for (int r = 0; r < plan.rows; ) {
          int prompt = plan.promptOfRow[r];
          float sum = target.values[to + prompt];
          for (; r < plan.rows && plan.promptOfRow[r] == prompt; r++) {
            sum += cache.values[from + r];
          }
          target.values[to + prompt] = sum;
        }
      }
      System.arraycopy(
          cache.values,
          cache.row(f) + plan.start * plan.paddedRows,
          target.values,
          target.row(f) + plan.promptColumns(),
          plan.steps * plan.paddedRows);
    }
  }
}
