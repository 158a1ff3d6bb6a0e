package org.grpo4j.objective;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * Leaves out completions of negative advantage that the current policy has moved away from
 * (DeepSeek-V3.2 eq. 9): their policy term is dropped where the mean of {@code log pi_old - log pi}
 * over the row exceeds the threshold. The KL term stays, and so do all denominators.
 *
 * @param threshold in nats per token; infinity to keep every row
 */
public record OffPolicyRowMask(
    @Setting(
            value =
                "A completion of negative advantage loses its policy term where its log-probability"
                    + " has fallen by more than this, in the mean of its tokens (DeepSeek-V3.2).",
            byDefault = "none",
            range = "[0, inf]",
            unit = "nats",
            key = "off_policy_threshold",
            added = true)
        double threshold) {

  /** Every row is kept. */
  public static final OffPolicyRowMask NONE = new OffPolicyRowMask(Double.POSITIVE_INFINITY);

  public OffPolicyRowMask {
    Require.that(threshold >= 0, "threshold", "at least 0", threshold);
  }

  /** Whether it can leave anything out. */
  public boolean acts() {
    return threshold < Double.POSITIVE_INFINITY;
  }

  /** False if the token's policy term is dropped. */
  public boolean keeps(double advantage, double meanLogProbDrop) {
    return advantage >= 0 || meanLogProbDrop <= threshold;
  }
}
