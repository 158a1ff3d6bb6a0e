package org.grpo4j.experiment;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.reward.OverlongPenalty;

/** Whether completions near the limit of length are punished. */
public sealed interface OverlongConfig {

  /** The penalty for a task whose completions have {@code maxNewTokens} tokens at most. */
  Optional<OverlongPenalty> penalty(int maxNewTokens);

  /** Length does not matter. */
  @Kind(value = "none", description = "Length does not matter.")
  record None() implements OverlongConfig {

    @Override
    public Optional<OverlongPenalty> penalty(int maxNewTokens) {
      return Optional.empty();
    }
  }

  /**
   * A penalty that grows over the last tokens.
   *
   * @param cache tokens over which it grows
   * @param factor the full penalty
   */
  @Kind(
      value = "linear",
      description = "A penalty that grows linearly over the last tokens before the limit: DAPO.")
  record Linear(
      @Setting(
              value = "Tokens over which it grows.",
              byDefault = "2",
              range = "[1, 1024]",
              unit = "tokens")
          int cache,
      @Setting(value = "The full penalty.", byDefault = "1", range = "[0, 1e6]") double factor)
      implements OverlongConfig {

    @Override
    public Optional<OverlongPenalty> penalty(int maxNewTokens) {
      return Optional.of(new OverlongPenalty(maxNewTokens, cache, factor, true));
    }
  }
}
