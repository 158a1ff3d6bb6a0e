package org.grpo4j.advantage;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.TokenTable;

/**
 * Keeps the completions whose reward reaches a threshold: rejection-sampling fine-tuning, expert
 * iteration. A missing reward reaches none.
 *
 * @param threshold smallest reward that is kept
 */
public record SampleFilter(double threshold) {

  /** 1 for each row that is kept, 0 for the others, {@code [N]}. */
  public DoubleVector keep(DoubleVector rewards) {
    double[] keep = new double[rewards.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = rewards.get(i) >= threshold ? 1 : 0;
    }
    return DoubleVector.of(keep);
  }

  /** The mask with the other rows masked altogether. */
  public TokenTable apply(DoubleVector rewards, TokenTable mask) {
    return Masks.keepRows(mask, keep(rewards));
  }
}
