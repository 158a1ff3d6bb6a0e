package org.grpo4j.train.sampling;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * The limits of sampling while a policy learns: the symbols that a token is drawn among, and the
 * length. Top-k first, then top-p of what is left, as the inference engines do it.
 *
 * @param topK how many of the most probable symbols are left; 0 for all
 * @param topP the most probable symbols are left until they have this probability; 1 for all
 * @param isKept whether the learner scores completions over the same symbols ("keep sampling mask",
 *     DeepSeek-V3.2); otherwise over all, which is another policy than the one that has drawn
 * @param maxNewTokens most tokens of a completion; 0 for the limit of the task
 */
public record Truncation(
    @Setting(
            value = "Draw each token among so many of the most probable symbols; 0 for all.",
            byDefault = "0",
            range = "[0, 65536]",
            unit = "symbols",
            added = true)
        int topK,
    @Setting(
            value =
                "Draw each token among the most probable symbols that have this probability"
                    + " together; 1 for all.",
            byDefault = "1",
            range = "(0, 1]",
            added = true)
        double topP,
    @Setting(
            value =
                "Score completions over the symbols they were drawn among (keep sampling mask), not"
                    + " over all.",
            byDefault = "true",
            key = "keep_mask",
            added = true)
        boolean isKept,
    @Setting(
            value =
                "Most tokens of a completion while learning; 0 for the task's limit, which"
                    + " evaluation always has.",
            byDefault = "0",
            range = "[0, 65536]",
            unit = "tokens",
            added = true)
        int maxNewTokens) {

  /** All symbols, and the length of the task. */
  public static final Truncation NONE = new Truncation(0, 1, true, 0);

  public Truncation {
    Require.that(topK >= 0, "topK", "at least 0", topK);
    Require.that(maxNewTokens >= 0, "maxNewTokens", "at least 0", maxNewTokens);
    Require.that(topP > 0 && topP <= 1, "topP", "more than 0 and at most 1", topP);
  }

  /** Most tokens of a completion where the task allows {@code limit}. */
  public int length(int limit) {
    return maxNewTokens == 0 ? limit : maxNewTokens;
  }

  /** Whether any symbol can be left out. */
  public boolean acts() {
    return topK > 0 || topP < 1;
  }
}
