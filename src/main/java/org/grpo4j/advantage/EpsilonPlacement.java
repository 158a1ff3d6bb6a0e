package org.grpo4j.advantage;

/** The place of the small number that keeps a division by a standard deviation finite. */
public enum EpsilonPlacement {
  /** {@code std + epsilon} (TRL's batch normalisation). */
  ADDED_TO_DEVIATION("({2} + {3})") {
    @Override
    double divisor(double variance, double epsilon) {
      return Math.sqrt(variance) + epsilon;
    }
  },

  /** {@code sqrt(variance + epsilon)} (verl). */
  ADDED_TO_VARIANCE("sqrt({2} + {3})") {
    @Override
    double divisor(double variance, double epsilon) {
      return Math.sqrt(variance + epsilon);
    }
  },

  /** {@code sqrt(max(variance, epsilon))} (OpenRLHF). */
  FLOOR_OF_VARIANCE("sqrt(max({2}, {3}))") {
    @Override
    double divisor(double variance, double epsilon) {
      return Math.sqrt(Math.max(variance, epsilon));
    }
  };

  /** The divisor in an explanation: {@code {2}} is standard deviation or variance. */
  final String formula;

  EpsilonPlacement(String formula) {
    this.formula = formula;
  }

  abstract double divisor(double variance, double epsilon);
}
