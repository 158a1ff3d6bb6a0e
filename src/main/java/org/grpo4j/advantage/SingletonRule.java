package org.grpo4j.advantage;

/** The advantage of a completion that has no other to be compared with. */
public enum SingletonRule {
  /** 0: nothing can be learnt from it (TRL). */
  ZERO,
  /** The reward itself, as if mean 0 and standard deviation 1 were known (verl). */
  RAW_REWARD
}
