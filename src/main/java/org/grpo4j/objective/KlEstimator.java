package org.grpo4j.objective;

import org.grpo4j.math.Elementary;
import org.grpo4j.math.Numbers;

/**
 * Estimates of the KL divergence from the reference policy by one sampled token (Eq. 5), as
 * functions of {@code x = log pi(o_t) - log pi_ref(o_t)}.
 *
 * <p>An unbiased value does not make an unbiased gradient. In the loss and on samples of the
 * current policy, {@link #K1} has expected gradient 0, {@link #K2} that of {@code KL(pi || ref)},
 * and {@link #K3} that of {@code KL(ref || pi)}. Near {@code pi = ref} K2 and K3 agree.
 */
public enum KlEstimator {
  /** {@code x}: unbiased, of large variance, may be negative. In rewards, not in losses. */
  K1("{0}", "1") {
    @Override
    public double value(double x) {
      return x;
    }

    @Override
    public double derivative(double x) {
      return 1;
    }
  },

  /** {@code x^2 / 2}: biased, never negative. */
  K2("{0} * {0} / 2", "{0}") {
    @Override
    public double value(double x) {
      return x * x / 2;
    }

    @Override
    public double derivative(double x) {
      return x;
    }
  },

  /** {@code exp(-x) + x - 1}: unbiased, never negative. GRPO's (DeepSeekMath eq. 4). */
  K3("exp(-{0}) + {0} - 1", "1 - exp(-{0})") {
    /** From here on {@code exp(-x)} is all there is of it but for the last bits. */
    private static final double FAR_BELOW_REFERENCE = -100;

    @Override
    double weightedValue(double x, double logRatio) {
      return x < FAR_BELOW_REFERENCE
          ? Elementary.exp(logRatio - x) + Elementary.exp(logRatio) * (x - 1)
          : super.weightedValue(x, logRatio);
    }

    @Override
    double weightedDerivative(double x, double logRatio) {
      return x < FAR_BELOW_REFERENCE
          ? Elementary.exp(logRatio) - Elementary.exp(logRatio - x)
          : super.weightedDerivative(x, logRatio);
    }

    @Override
    public double value(double x) {
      // exp(-x) - 1 by itself: near x = 0 the sum would lose all its digits.
      return Elementary.expm1(-x) + x;
    }

    @Override
    public double derivative(double x) {
      return -Elementary.expm1(-x);
    }
  },

  /** {@code |x|}, an option of verl; derivative 0 at 0. */
  ABSOLUTE("abs({0})", "") {
    @Override
    public double value(double x) {
      return Math.abs(x);
    }

    @Override
    public double derivative(double x) {
      return Math.signum(x);
    }
  },

  /** The value of K3 with the derivative of K2 ("straight-through", verl's {@code k3+}). */
  K3_STRAIGHT_THROUGH("exp(-{0}) + {0} - 1", "{0}") {
    @Override
    double weightedValue(double x, double logRatio) {
      return K3.weightedValue(x, logRatio);
    }

    @Override
    public double value(double x) {
      return K3.value(x);
    }

    @Override
    public double derivative(double x) {
      return x;
    }
  };

  private final String formula;
  private final String slope;

  KlEstimator(String formula, String slope) {
    this.formula = formula;
    this.slope = slope;
  }

  /** The estimate at {@code x = log pi - log pi_ref}. */
  public abstract double value(double x);

  /** The number that takes the place of {@code d value / d log pi}. */
  public abstract double derivative(double x);

  /**
   * {@code rho value(x)}, which is finite where the product is, even if {@code rho} is too small
   * and the estimate too large for a {@code double} by itself.
   *
   * @param logRatio {@code log rho}
   */
  double weightedValue(double x, double logRatio) {
    return Numbers.product(Elementary.exp(logRatio), value(x));
  }

  /** {@code rho derivative(x)}, finite where {@link #weightedValue} is. */
  double weightedDerivative(double x, double logRatio) {
    return Numbers.product(Elementary.exp(logRatio), derivative(x));
  }

  /** The value as the formula of an explanation, {@code {0}} for {@code x}. */
  String formula() {
    return formula;
  }

  /** The derivative as such a formula; empty if there is none. */
  String slope() {
    return slope;
  }
}
