package org.grpo4j.train.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.FinishReason;
import org.grpo4j.rollout.KeptTokens;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/** A completion while it is being written. */
final class CompletionDraft {

  private final int[] tokens;
  private final double[] logProbs;
  private final List<BitSet> kept = new ArrayList<>();
  private final double[] mass;
  private boolean isScoredOver;
  private int length;
  private boolean ended;

  CompletionDraft(int maxNewTokens) {
    tokens = new int[maxNewTokens];
    logProbs = new double[maxNewTokens];
    mass = new double[maxNewTokens];
  }

  /** Appends a token that was drawn with this log-probability. */
  void append(int token, double logProb) {
    tokens[length] = token;
    logProbs[length] = logProb;
    length++;
  }

  /**
   * The symbols that the next token is drawn among, and the probability that they had; whether they
   * are those it is scored over.
   */
  void keep(BitSet symbols, double probability, boolean scoredOver) {
    kept.add(symbols);
    isScoredOver = scoredOver;
    mass[length] = probability;
  }

  /** Nothing more is appended: the end token was written. */
  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** The token appended last; padding once the completion has ended. */
  int newestToken() {
    return ended ? Vocabulary.PAD : tokens[length - 1];
  }

  Completion finish(Vocabulary vocabulary) {
    TokenSequence written = TokenSequence.of(Arrays.copyOf(tokens, length));
    return new Completion(
        written,
        vocabulary.decode(written),
        DoubleVector.of(Arrays.copyOf(logProbs, length)),
        ended ? FinishReason.END_TOKEN : FinishReason.LENGTH_LIMIT,
        kept.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new KeptTokens(kept, DoubleVector.of(Arrays.copyOf(mass, length)), isScoredOver)));
  }
}
