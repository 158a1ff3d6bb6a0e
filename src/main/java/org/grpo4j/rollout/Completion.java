package org.grpo4j.rollout;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.task.TokenSequence;

/**
 * The text that a policy wrote for a prompt.
 *
 * @param tokens the tokens, the end token included when it was written, padding never; length
 *     {@code T_i}
 * @param text the tokens as text, the end token not included
 * @param samplerLogProbs {@code log q_it}: the natural logarithm of the probability with which the
 *     sampler drew each token, at the sampling temperature; {@code [T_i]}
 * @param finishReason why it ended
 * @param kept the symbols that it was drawn among; empty for all
 */
public record Completion(
    TokenSequence tokens,
    String text,
    DoubleVector samplerLogProbs,
    FinishReason finishReason,
    Optional<KeptTokens> kept) {

  public Completion {
    if (tokens.length() != samplerLogProbs.size()) {
      throw new IllegalArgumentException(
          "samplerLogProbs: one per token is needed, got "
              + samplerLogProbs.size()
              + " for "
              + tokens.length()
              + " tokens");
    }
  }

  /** A completion that was drawn among all symbols. */
  public Completion(
      TokenSequence tokens, String text, DoubleVector samplerLogProbs, FinishReason finishReason) {
    this(tokens, text, samplerLogProbs, finishReason, Optional.empty());
  }

  /** Number of tokens {@code T_i}, the end token included. */
  public int length() {
    return tokens.length();
  }

  /** This completion after its prompt, as a policy scores it. */
  public Sequence after(TokenSequence prompt) {
    return new Sequence(prompt, tokens, kept.filter(KeptTokens::isScoredOver));
  }

  /** True if the limit cut it off. */
  public boolean truncated() {
    return finishReason == FinishReason.LENGTH_LIMIT;
  }
}
