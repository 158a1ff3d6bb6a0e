package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

@Story(
    area = "masks and aggregation",
    what = "The end token is left out of the loss.",
    symptom = "Nobody learns to stop; lengths drift.",
    seen = "tiny-grpo")
final class EndSymbolMasked extends Mistake {

  @Override
  public DoubleVector mask(TokenSequence padded) {
    double[] mask = super.mask(padded).toArray();
    for (int t = 0; t < mask.length; t++) {
      mask[t] = padded.get(t) == Vocabulary.END ? 0 : mask[t];
    }
    return DoubleVector.of(mask);
  }
}
