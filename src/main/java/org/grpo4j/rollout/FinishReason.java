package org.grpo4j.rollout;

/** Why a completion ended. */
public enum FinishReason {
  /** The policy wrote the end token, which is the completion's last token. */
  END_TOKEN,
  /** The limit of new tokens was reached without an end token. */
  LENGTH_LIMIT
}
