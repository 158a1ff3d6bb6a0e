package org.grpo4j.train.sampling;

/**
 * How completions are sampled.
 *
 * @param groupSize completions per prompt {@code G}, at least 1
 * @param maxNewTokens most tokens of a completion, the end token included; at least 1
 * @param temperature what logits are divided by before the soft-max; positive
 * @param forcedLength true to ignore the end token, so that every completion has {@code
 *     maxNewTokens} tokens and all updates cost the same: for timing only
 */
public record SamplingSettings(
    int groupSize, int maxNewTokens, double temperature, boolean forcedLength) {

  public SamplingSettings {
    if (groupSize < 1) {
      throw new IllegalArgumentException("groupSize: must be at least 1, got " + groupSize);
    }
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens: must be at least 1, got " + maxNewTokens);
    }
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature: must be positive and finite, got " + temperature);
    }
  }

  /** Completions that end with the end token or at the limit. */
  public SamplingSettings(int groupSize, int maxNewTokens, double temperature) {
    this(groupSize, maxNewTokens, temperature, false);
  }
}
