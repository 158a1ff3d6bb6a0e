package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.task.TokenSequence;

@Story(
    area = "masks and aggregation",
    what = "The mask is shifted by one together with the labels: the first token never counts.",
    symptom = "The first token is never learnt; with one-token answers, nothing is.",
    seen = "easy to make when prompt and completion are shifted together")
final class FirstTokenDropped extends Mistake {

  @Override
  public DoubleVector mask(TokenSequence padded) {
    double[] mask = super.mask(padded).toArray();
    mask[0] = 0;
    return DoubleVector.of(mask);
  }
}
