package org.grpo4j.advantage;

/** Where the small number goes that keeps a division by a deviation finite. */
public enum EpsilonPlacement {
  /** {@code std + epsilon} (TRL's batch normalisation). */
  ADDED_TO_DEVIATION {
    @Override
    double divisor(double variance, double epsilon) {
      return Math.sqrt(variance) + epsilon;
    }
  },

  /** {@code sqrt(variance + epsilon)} (verl). */
  ADDED_TO_VARIANCE {
    @Override
    double divisor(double variance, double epsilon) {
      return Math.sqrt(variance + epsilon);
    }
  },

  /** {@code sqrt(max(variance, epsilon))} (OpenRLHF). */
  FLOOR_OF_VARIANCE {
    @Override
    double divisor(double variance, double epsilon) {
      return Math.sqrt(Math.max(variance, epsilon));
    }
  };

  abstract double divisor(double variance, double epsilon);
}
