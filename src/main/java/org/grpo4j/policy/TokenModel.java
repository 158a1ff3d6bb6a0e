package org.grpo4j.policy;

import java.util.List;
import java.util.Optional;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * A computation of the distribution of the next token: one token at a time ({@link #startDecoding})
 * or for whole completions at once ({@link #logProbs}). Both give the same log-probabilities up to
 * rounding. Safe for calls from several worker threads at once; a {@link Decoding} itself belongs
 * to one thread.
 */
public interface TokenModel {

  /** Number of symbols {@code V}. */
  int vocabularySize();

  /** Most tokens of prompt and completion together. */
  int contextLength();

  /** The functions that compute its distributions, also while it is sampled from. */
  default ExpAndLog functions() {
    return ExpAndLog.OF_THE_MACHINE;
  }

  /**
   * Reads each prompt once and makes {@code copies} rows of it: row {@code r} continues prompt
   * {@code r / copies}.
   *
   * @param prompts of equal length
   */
  Decoding startDecoding(List<TokenSequence> prompts, int copies);

  /** The distributions that the completion tokens of {@code rows} are drawn from. */
  TokenDistributions distributions(List<Sequence> rows, double temperature);

  /** Log-probabilities and entropies of every completion token at {@code temperature}. */
  default TokenLogProbs logProbs(List<Sequence> rows, double temperature) {
    return distributions(rows, temperature).logProbs();
  }

  /** The experts that these rows go through, prompts included; empty if there are none. */
  default Optional<Routing> routing(List<Sequence> rows) {
    return Optional.empty();
  }
}
