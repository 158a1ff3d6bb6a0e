package org.grpo4j.math;

/**
 * The standard deviation that is meant: the most common silent difference between implementations
 * of GRPO. For a group of four the two differ by 15 %, for a pair by 41 %.
 */
public enum Deviation {
  /** Divisor {@code n - 1}: what TRL, verl, OpenRLHF and most others use. */
  SAMPLE {
    @Override
    public double variance(Moments moments) {
      return moments.sampleVariance();
    }
  },

  /** Divisor {@code n}: NumPy's default. */
  POPULATION {
    @Override
    public double variance(Moments moments) {
      return moments.populationVariance();
    }
  };

  /** The variance of this kind. */
  public abstract double variance(Moments moments);

  /** The standard deviation of this kind: the root of {@link #variance}. */
  public double standardDeviation(Moments moments) {
    return Math.sqrt(variance(moments));
  }

  /** The name in explanations. */
  public String explanation() {
    String kind = this == SAMPLE ? "sample" : "population";
    return kind + " standard deviation (divisor " + (this == SAMPLE ? "n - 1)" : "n)");
  }
}
