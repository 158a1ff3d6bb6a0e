package org.grpo4j.rollout;

import java.util.Optional;
import org.grpo4j.math.Require;
import org.grpo4j.task.TokenSequence;

/**
 * A prompt and its completion as the policy scores them: the prompt is given, each completion token
 * has a log-probability.
 *
 * @param prompt the tokens that are given
 * @param completion the tokens that are scored
 * @param kept the symbols over which each of them is scored; empty for all
 */
public record Sequence(TokenSequence prompt, TokenSequence completion, Optional<KeptTokens> kept) {

  public Sequence {
    kept.ifPresent(
        one -> Require.that(one.length() == completion.length(), "kept: must be one per token"));
  }

  /** A sequence that is scored over all symbols. */
  public Sequence(TokenSequence prompt, TokenSequence completion) {
    this(prompt, completion, Optional.empty());
  }
}
