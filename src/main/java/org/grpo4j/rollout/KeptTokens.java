package org.grpo4j.rollout;

import java.util.BitSet;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * The symbols among which each token of a completion was drawn, where top-k or top-p had left some
 * out. A policy that scores the completion over the same symbols ("keep sampling mask") has the
 * sampler's action space; one that scores it over all of them has another, and its ratio to the
 * sampler is wrong by the mass that was left out.
 */
public final class KeptTokens {

  private final List<BitSet> symbols;
  private final DoubleVector mass;
  private final boolean isScoredOver;

  /**
   * @param symbols for each token the ids that were left, {@code [T_i]}; the drawn one is among
   *     them
   * @param mass for each token the probability that these had before the others were left out
   * @param isScoredOver whether a policy that scores the completion leaves the others out, too
   */
  public KeptTokens(List<BitSet> symbols, DoubleVector mass, boolean isScoredOver) {
    Require.that(symbols.size() == mass.size(), "mass", "one per token", mass.size());
    this.symbols = symbols.stream().map(one -> (BitSet) one.clone()).toList();
    this.mass = mass;
    this.isScoredOver = isScoredOver;
  }

  /** Whether a policy that scores the completion leaves the other symbols out, too. */
  public boolean isScoredOver() {
    return isScoredOver;
  }

  /** Number of tokens {@code T_i}. */
  public int length() {
    return symbols.size();
  }

  /** Number of symbols left for token {@code t}. */
  public int count(int t) {
    return symbols.get(t).cardinality();
  }

  /** The probability that the symbols left for each token had, {@code [T_i]}. */
  public DoubleVector mass() {
    return mass;
  }

  /** Gives the symbols that were left out for token {@code t} a logit of minus infinity. */
  public void leaveOut(int t, double[] logits) {
    BitSet kept = symbols.get(t);
    for (int j = kept.nextClearBit(0); j < logits.length; j = kept.nextClearBit(j + 1)) {
      logits[j] = Double.NEGATIVE_INFINITY;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeptTokens kept
        && symbols.equals(kept.symbols)
        && mass.equals(kept.mass)
        && isScoredOver == kept.isScoredOver;
  }

  @Override
  public int hashCode() {
    return 31 * symbols.hashCode() + mass.hashCode();
  }

  /** The ids left for each token: {@code [{1, 4}, {2}]}. */
  @Override
  public String toString() {
    return symbols.toString();
  }
}
