package org.grpo4j.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ElementaryTest {

  private static final MathContext DIGITS = new MathContext(60);
  private static final int SAMPLES = 1500;

  /** Where the core uses them: log-ratios, log-probabilities, and what is far out. */
  private static final double[] REACH = {1e-12, 1e-3, 0.1, 1, 5, 40, 700};

  @Test
  void expIsExactToTheLastPlace() {
    double worst = worstError(Elementary::exp, ElementaryTest::exactExp);
    assertTrue(worst < 0.6, "units in the last place: " + worst);
  }

  @Test
  void expm1IsExactToTheLastPlace() {
    double worst = worstError(Elementary::expm1, x -> exactExp(x).subtract(BigDecimal.ONE, DIGITS));
    assertTrue(worst < 1, "units in the last place: " + worst);
  }

  @Test
  void logIsExactToTheLastPlace() {
    double worst = 0;
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < SAMPLES * REACH.length; i++) {
      double reach = REACH[i % REACH.length];
      double x = StrictMath.exp((2 * random.nextDouble() - 1) * reach);
      // One step of Newton's method from a value that is right to an ulp doubles its digits twice.
      BigDecimal start = new BigDecimal(StrictMath.log(x));
      BigDecimal quotient = new BigDecimal(x).divide(exactExp(start), DIGITS);
      BigDecimal d = quotient.subtract(BigDecimal.ONE, DIGITS);
      BigDecimal exact =
          start.add(d, DIGITS).subtract(d.multiply(d).divide(BigDecimal.valueOf(2)), DIGITS);
      worst = Math.max(worst, error(Elementary.log(x), exact));
    }
    assertTrue(worst < 0.9, "units in the last place: " + worst);
  }

  @Test
  void specialValuesAreThoseOfMath() {
    double[] special = {
      0.0,
      -0.0,
      1,
      -1,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      709.78,
      709.8,
      -745.1,
      -745.2,
      1e-300,
      1e300,
      Double.MIN_NORMAL,
      56,
      1000,
      -1000
    };
    for (double x : special) {
      close(StrictMath.exp(x), Elementary.exp(x), "exp " + x);
      close(StrictMath.expm1(x), Elementary.expm1(x), "expm1 " + x);
      close(StrictMath.log(x), Elementary.log(x), "log " + x);
    }
    assertEquals(1, Elementary.exp(0), 0);
    assertEquals(0, Elementary.log(1), 0);
  }

  @Test
  void cosIsExactToTheLastPlaceOfOne() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < SAMPLES; i++) {
      double x = 2 * Math.PI * random.nextDouble();
      BigDecimal got = new BigDecimal(Elementary.cos(x));
      double error = got.subtract(exactCos(new BigDecimal(x)), DIGITS).abs().doubleValue();
      assertTrue(error < 1.2e-16, "cos " + x + ": " + error);
    }
    for (int quarter = 0; quarter <= 4; quarter++) {
      double x = quarter * (Math.PI / 2);
      assertEquals(StrictMath.cos(x), Elementary.cos(x), 1e-25, "cos " + x);
    }
  }

  private static BigDecimal exactCos(BigDecimal x) {
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 2; n < 80; n += 2) {
      term = term.multiply(x.multiply(x), DIGITS).divide(BigDecimal.valueOf(n * (1L - n)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  @Test
  void powersAreExactWhereTheyCanBeAndCloseElsewhere() {
    for (int n = 0; n <= 20; n++) {
      assertEquals(StrictMath.pow(10, n), Elementary.power(10, n), 0);
      assertEquals(StrictMath.pow(-2, n), Elementary.power(-2, n), 0);
    }
    for (long n : new long[] {1, 2, 7, 100, 2500, 100_000}) {
      double exact = StrictMath.pow(0.95, n);
      assertEquals(exact, Elementary.power(0.95, n), 1e-15 * n * exact);
    }
    assertEquals(1, Elementary.power(0, 0), 0);
    assertEquals(0, Elementary.power(0, 3), 0);
  }

  /** Networks of floats have the first parameters that they had with {@link StrictMath}. */
  @Test
  void deviatesAreAsFloatsThoseOfStrictMath() {
    SplittableRandom random = new SplittableRandom(5);
    SplittableRandom same = new SplittableRandom(5);
    for (int i = 0; i < 100_000; i++) {
      double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      double expected = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
      double actual = NormalDeviates.next(same);
      assertEquals(expected, actual, 1e-15);
      assertEquals((float) (0.1 * expected), (float) (0.1 * actual), 0f);
    }
  }

  private static void close(double want, double got, String what) {
    if (Double.isNaN(want) || Double.isInfinite(want) || want == 0) {
      assertEquals(want, got, what);
    } else {
      assertEquals(want, got, Math.ulp(want), what);
    }
  }

  private static double worstError(DoubleUnaryOperator function, UnaryOperator<BigDecimal> exact) {
    double worst = 0;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SAMPLES * REACH.length; i++) {
      double x = (2 * random.nextDouble() - 1) * REACH[i % REACH.length];
      worst = Math.max(worst, error(function.applyAsDouble(x), exact.apply(new BigDecimal(x))));
    }
    return worst;
  }

  /** In units in the last place of the result. */
  private static double error(double got, BigDecimal exact) {
    double difference = new BigDecimal(got).subtract(exact, DIGITS).abs().doubleValue();
    return difference / Math.ulp(exact.doubleValue());
  }

  /** The series, after halving until it is short. */
  private static BigDecimal exactExp(BigDecimal x) {
    BigDecimal small = x.divide(BigDecimal.valueOf(1L << 16), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 22; n++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < 16; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }
}
