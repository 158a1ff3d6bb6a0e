package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/** The end token is left out of the loss. */
public final class EndSymbolMasked extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "The end token is left out of the loss.";
  }

  @Override
  public String symptom() {
    return "Nobody learns to stop; lengths drift.";
  }

  @Override
  public String seen() {
    return "tiny-grpo";
  }

  @Override
  public DoubleVector mask(TokenSequence padded) {
    double[] mask = super.mask(padded).toArray();
    for (int t = 0; t < mask.length; t++) {
      mask[t] = padded.get(t) == Vocabulary.END ? 0 : mask[t];
    }
    return DoubleVector.of(mask);
  }
}
