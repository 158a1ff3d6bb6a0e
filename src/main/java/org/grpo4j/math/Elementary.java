package org.grpo4j.math;

/**
 * Exponential and logarithm with the same bits everywhere. {@link Math} may differ in the last bit
 * from one processor to another, and every browser has its own; these functions only add, multiply
 * and divide, which IEEE 754 settles to the bit, so that a laptop, a server and the report's page
 * agree.
 *
 * <p>The error is below 0.6 units in the last place for {@link #exp} and below 1 for {@link #expm1}
 * and {@link #log}, as {@code Math} promises; {@code exp(0)}, {@code expm1(0)} and {@code log(1)}
 * are exact.
 */
public final class Elementary {

  /** {@code 1 / log 2}. */
  private static final double INVERSE_LOG_2 = 1.4426950408889634;

  /** {@code log 2} in two parts, the first with few enough bits that whole multiples are exact. */
  private static final double LOG_2_HIGH = 0x1.62e42feep-1;

  private static final double LOG_2_LOW = 0x1.a39ef35793c76p-33;

  /** {@code pi / 2} in two parts; four times the first is exact. */
  private static final double HALF_PI_HIGH = 0x1.921fb544p0;

  private static final double HALF_PI_LOW = 0x1.0b4611a626331p-34;

  /** Beyond these, {@code exp} is infinite or 0. */
  private static final double LARGEST = 709.782712893384;

  private static final double SMALLEST = -745.1332191019412;

  private static final int MANTISSA_BITS = 52;
  private static final int EXPONENT_BIAS = 1023;
  private static final double TWO_TO_54 = 0x1p54;
  private static final double ROOT_OF_2 = 1.4142135623730951;

  private Elementary() {}

  /** {@code e^x}. */
  public static double exp(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x > LARGEST) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < SMALLEST) {
      return 0;
    }
    // x = k log 2 + high - low with |high - low| of at most half of log 2.
    double k = Math.floor(x * INVERSE_LOG_2 + 0.5);
    double high = x - k * LOG_2_HIGH;
    double low = k * LOG_2_LOW;
    double sum = 1 + high;
    double lostInSum = high - (sum - 1);
    double reduced = curvature(high - low) - low + lostInSum + sum;
    int half = (int) k / 2;
    return reduced * twoTo(half) * twoTo((int) k - half);
  }

  /** {@code e^x - 1}, without losing the digits of a small {@code x}. */
  public static double expm1(double x) {
    if (x == 0 || Double.isNaN(x)) {
      return x;
    }
    // From 56 on the 1 is below the last bit; below -40 it is all that is left.
    if (x >= 56) {
      return exp(x);
    }
    if (x < -40) {
      return -1;
    }
    double k = Math.floor(x * INVERSE_LOG_2 + 0.5);
    if (k == 0) {
      return x + curvature(x);
    }
    double high = x - k * LOG_2_HIGH;
    double low = k * LOG_2_LOW;
    double sum = 1 + high;
    double lostInSum = high - (sum - 1);
    double scale = twoTo((int) k);
    double scaled = scale * sum;
    double difference = scaled - 1;
    double lostInDifference = scaled >= 1 ? scaled - difference - 1 : scaled - (difference + 1);
    double rest = curvature(high - low) - low + lostInSum;
    return scale * rest + lostInDifference + difference;
  }

  /** {@code log x}, natural; {@code NaN} below 0. */
  public static double log(double x) {
    if (Double.isNaN(x) || x < 0) {
      return Double.NaN;
    }
    if (x == 0 || x == Double.POSITIVE_INFINITY) {
      return x == 0 ? Double.NEGATIVE_INFINITY : x;
    }
    boolean subnormal = x < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(subnormal ? x * TWO_TO_54 : x);
    int k = (int) (bits >>> MANTISSA_BITS) - EXPONENT_BIAS - (subnormal ? 54 : 0);
    long mantissa = bits & ((1L << MANTISSA_BITS) - 1);
    double m = Double.longBitsToDouble(mantissa | ((long) EXPONENT_BIAS << MANTISSA_BITS));
    if (m > ROOT_OF_2) {
      m /= 2;
      k++;
    }
    // x = 2^k (1 + f);  log(1 + f) = 2 artanh(s) = 2s + s r  with  2s = f - s f.
    double f = m - 1;
    double s = f / (2 + f);
    double r = artanhRest(s * s);
    double halfSquare = f * f / 2;
    double rest = halfSquare - ((halfSquare + r) * s + k * LOG_2_LOW) - f;
    return k * LOG_2_HIGH - rest;
  }

  /** {@code x^n} by squaring; {@code n} at least 0. */
  public static double power(double x, long n) {
    double power = 1;
    double square = x;
    for (long rest = n; rest > 0; rest /= 2) {
      if (rest % 2 == 1) {
        power *= square;
      }
      square *= square;
    }
    return power;
  }

  /** {@code cos x} for {@code x} in [0, 2 pi]; the error is below 1.2e-16. */
  public static double cos(double x) {
    // x = q pi/2 + high - low with |high - low| of at most pi/4: a quarter turn for each q.
    double q = Math.floor(x / HALF_PI_HIGH + 0.5);
    double high = x - q * HALF_PI_HIGH;
    double reduced = high - q * HALF_PI_LOW;
    double lost = high - reduced - q * HALF_PI_LOW;
    return switch ((int) q) {
      case 0, 4 -> cosineNearZero(reduced) - lost * reduced;
      case 1 -> -sineNearZero(reduced) - lost;
      case 2 -> -cosineNearZero(reduced) + lost * reduced;
      default -> sineNearZero(reduced) + lost;
    };
  }

  /** The series of the cosine for {@code |x|} up to {@code pi/4}, from the end. */
  private static double cosineNearZero(double x) {
    double square = x * x;
    double series = 0;
    for (int n = 18; n >= 4; n -= 2) {
      series = (1 - series) * square / (n * (n - 1));
    }
    double half = square / 2;
    double first = 1 - half;
    return first + (1 - first - half + series * half);
  }

  /** The series of the sine for {@code |x|} up to {@code pi/4}, from the end. */
  private static double sineNearZero(double x) {
    double square = x * x;
    double series = 0;
    for (int n = 19; n >= 3; n -= 2) {
      series = (1 - series) * square / (n * (n - 1));
    }
    return x - x * series;
  }

  /** {@code e^x - 1 - x} for {@code |x|} up to half of {@code log 2}: its series, from the end. */
  private static double curvature(double x) {
    double series = 1 / 87178291200.0;
    series = series * x + 1 / 6227020800.0;
    series = series * x + 1 / 479001600.0;
    series = series * x + 1 / 39916800.0;
    series = series * x + 1 / 3628800.0;
    series = series * x + 1 / 362880.0;
    series = series * x + 1 / 40320.0;
    series = series * x + 1 / 5040.0;
    series = series * x + 1 / 720.0;
    series = series * x + 1 / 120.0;
    series = series * x + 1 / 24.0;
    series = series * x + 1 / 6.0;
    series = series * x + 0.5;
    return x * x * series;
  }

  /** {@code 2 artanh(s) / s - 2} as a series in {@code s^2}, from the end. */
  private static double artanhRest(double square) {
    double series = 2 / 23.0;
    series = series * square + 2 / 21.0;
    series = series * square + 2 / 19.0;
    series = series * square + 2 / 17.0;
    series = series * square + 2 / 15.0;
    series = series * square + 2 / 13.0;
    series = series * square + 2 / 11.0;
    series = series * square + 2 / 9.0;
    series = series * square + 2 / 7.0;
    series = series * square + 2 / 5.0;
    series = series * square + 2 / 3.0;
    return square * series;
  }

  /** {@code 2^exponent} for a normal number. */
  private static double twoTo(int exponent) {
    return Double.longBitsToDouble((long) (exponent + EXPONENT_BIAS) << MANTISSA_BITS);
  }
}
