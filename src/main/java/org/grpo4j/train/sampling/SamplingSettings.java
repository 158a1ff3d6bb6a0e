package org.grpo4j.train.sampling;

import org.grpo4j.math.Require;

/**
 * The settings of sampling.
 *
 * @param groupSize completions per prompt {@code G}, at least 1
 * @param maxNewTokens most tokens of a completion, the end token included; at least 1
 * @param temperature what logits are divided by before the soft-max; positive
 * @param forcedLength true to ignore the end token, so that every completion has {@code
 *     maxNewTokens} tokens and all updates cost the same: for timing only
 * @param truncation the symbols that a token is drawn among
 */
public record SamplingSettings(
    int groupSize,
    int maxNewTokens,
    double temperature,
    boolean forcedLength,
    Truncation truncation) {

  public SamplingSettings {
    Require.that(groupSize >= 1, "groupSize", "at least 1", groupSize);
    Require.that(maxNewTokens >= 1, "maxNewTokens", "at least 1", maxNewTokens);
    Require.that(
        temperature > 0 && temperature < Double.POSITIVE_INFINITY,
        "temperature",
        "positive and finite",
        temperature);
  }

  /** Tokens that are drawn among all symbols. */
  public SamplingSettings(
      int groupSize, int maxNewTokens, double temperature, boolean forcedLength) {
    this(groupSize, maxNewTokens, temperature, forcedLength, Truncation.NONE);
  }

  /** Completions that end with the end token or at the limit. */
  public SamplingSettings(int groupSize, int maxNewTokens, double temperature) {
    this(groupSize, maxNewTokens, temperature, false, Truncation.NONE);
  }
}
