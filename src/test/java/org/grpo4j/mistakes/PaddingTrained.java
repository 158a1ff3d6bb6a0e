package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.task.TokenSequence;

/** What follows the end token counts. */
public final class PaddingTrained extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "What follows the end token counts.";
  }

  @Override
  public String symptom() {
    return "Padding becomes likely; the loss of short completions is dominated by it.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public DoubleVector mask(TokenSequence padded) {
    return DoubleVector.constant(padded.length(), 1);
  }
}
