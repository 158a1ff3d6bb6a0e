package org.grpo4j.policy;

/**
 * A reading of "the parameter is unchanged". "Sparse updates" are many unchanged parameters; how
 * many there are depends on this reading. It has nothing to do with experts of which few are
 * active.
 */
public enum Unchanged {
  /** The same bits, in the precision of the policy; so {@code 0.0} is not {@code -0.0}. */
  BITS,

  /**
   * Equal once both are rounded to bfloat16 (8 binary digits, halfway to even), as checkpoints of
   * large models are stored and as the script of arXiv 2505.11711 compares them: numbers, so zeros
   * of either sign are equal and {@code NaN} is equal to nothing.
   */
  BFLOAT16,

  /** {@code |y - x| <= 1e-5}, the tolerance of arXiv 2505.11711. */
  ABSOLUTE,

  /**
   * {@code |y - x| <= 1e-3 max(|x|, |y|)}, as arXiv 2511.08567 is said to†: less than half of the
   * spacing of bfloat16 at any normal number, which is between 2^-8 and 2^-7 of the number. Unlike
   * {@link #BFLOAT16} it does not depend on where between two numbers of that format {@code x} is.
   */
  RELATIVE;

  /** Whether a parameter that was {@code x} and is {@code y} counts as unchanged. */
  public boolean test(double x, double y) {
    return switch (this) {
      case BITS -> Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y);
      case BFLOAT16 -> WeightFormat.BFLOAT16.round(x) == WeightFormat.BFLOAT16.round(y);
      case ABSOLUTE -> Math.abs(y - x) <= 1e-5;
      case RELATIVE -> Math.abs(y - x) <= 1e-3 * Math.max(Math.abs(x), Math.abs(y));
    };
  }
}
