package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.task.TokenSequence;

/** The mask is shifted by one together with the labels: the first token never counts. */
public final class FirstTokenDropped extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "The mask is shifted by one together with the labels: the first token never counts.";
  }

  @Override
  public String symptom() {
    return "The first token is never learnt; with one-token answers, nothing is.";
  }

  @Override
  public String seen() {
    return "easy to make when prompt and completion are shifted together";
  }

  @Override
  public DoubleVector mask(TokenSequence padded) {
    double[] mask = super.mask(padded).toArray();
    mask[0] = 0;
    return DoubleVector.of(mask);
  }
}
