package org.grpo4j.experiment.statistics;

import org.grpo4j.math.DoubleVector;

/** Checks of arguments that several classes share. */
final class Require {

  private Require() {}

  static void finite(DoubleVector values, String field) {
    if (values.size() == 0) {
      throw new IllegalArgumentException(field + ": must not be empty");
    }
    for (int i = 0; i < values.size(); i++) {
      if (!Double.isFinite(values.get(i))) {
        throw new IllegalArgumentException(
            field + "[" + i + "]: must be finite, got " + values.get(i));
      }
    }
  }

  static void sameSize(DoubleVector one, DoubleVector other, String field) {
    if (one.size() != other.size()) {
      throw new IllegalArgumentException(
          field
              + ": must have as many values as the first, "
              + one.size()
              + ", got "
              + other.size());
    }
  }
}
