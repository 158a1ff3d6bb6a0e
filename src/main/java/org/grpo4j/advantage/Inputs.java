package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/** Inputs that not every estimator needs. */
final class Inputs {

  private Inputs() {}

  static <T> T require(String field, Optional<T> given, String by) {
    Require.that(!given.isEmpty(), field + ": needed by " + by + ", not given");
    return given.get();
  }

  /**
   * {@code perRow}, {@code NaN} for completions without a token in the loss: what is whitened over
   * the completions of the batch.
   */
  static DoubleVector ofLearningRows(DoubleVector perRow, TokenTable mask) {
    double[] kept = perRow.toArray();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = Masks.count(mask.row(i)) == 0 ? Double.NaN : kept[i];
    }
    return DoubleVector.of(kept);
  }
}
