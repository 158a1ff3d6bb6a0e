package org.grpo4j.advantage;

/** The divisor of a centred reward. */
public enum RewardScale {
  /** The group's standard deviation: GRPO. A group whose rewards hardly differ weighs as any. */
  GROUP,

  /** The standard deviation of all rewards of the batch, as in Lite PPO. */
  BATCH,

  /** Nothing, there is no division: Dr. GRPO. Easy and hard prompts keep their smaller weight. */
  NONE,

  /**
   * The group's mean reward: MaxRL (Eq. 58). The rarer success is, the more it weighs; a group
   * whose mean is not positive has advantage 0.
   */
  MEAN
}
