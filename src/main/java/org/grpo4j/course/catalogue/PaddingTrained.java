package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.task.TokenSequence;

@Story(
    area = "masks and aggregation",
    what = "What follows the end token counts.",
    symptom = "Padding becomes likely; the loss of short completions is dominated by it.")
final class PaddingTrained extends Mistake {

  @Override
  public DoubleVector mask(TokenSequence padded) {
    return DoubleVector.constant(padded.length(), 1);
  }
}
