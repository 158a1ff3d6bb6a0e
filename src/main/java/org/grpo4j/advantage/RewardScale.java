package org.grpo4j.advantage;

/** Whose standard deviation a centred reward is divided by. */
public enum RewardScale {
  /** The group's: GRPO. A group whose rewards hardly differ weighs as much as any. */
  GROUP,

  /** That of all rewards of the batch, as in Lite PPO. */
  BATCH,

  /** Nobody's, there is no division: Dr. GRPO. Easy and hard prompts keep their smaller weight. */
  NONE
}
