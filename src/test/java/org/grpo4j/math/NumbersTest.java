package org.grpo4j.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void numbersOfOrdinarySizeArePlain() {
    assertEquals("0.3333", Numbers.brief(1.0 / 3));
    assertEquals("-1.5", Numbers.brief(-1.5));
    assertEquals("2", Numbers.brief(2));
    assertEquals("0.0001", Numbers.brief(1e-4));
    assertEquals("1000", Numbers.brief(1000));
    assertEquals("1000", Numbers.brief(999.99));
    assertEquals("1234567", Numbers.brief(1234567));
    assertEquals("100000000", Numbers.brief(1e8));
    assertEquals("0", Numbers.brief(-0.0));
  }

  @Test
  void othersHaveAnExponent() {
    assertEquals("1.2e-7", Numbers.brief(1.2e-7));
    assertEquals("-9.99e-5", Numbers.brief(-9.99e-5));
    assertEquals("1e9", Numbers.brief(1e9));
    assertEquals("1.798e308", Numbers.brief(Double.MAX_VALUE));
    assertEquals("NaN", Numbers.brief(Double.NaN));
    assertEquals("-Infinity", Numbers.brief(Double.NEGATIVE_INFINITY));
  }

  @Test
  void textReadsBackToFourDigits() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2000; i++) {
      double value = (random.nextDouble() * 9 + 1) * StrictMath.pow(10, random.nextInt(40) - 20);
      BigDecimal read = new BigDecimal(Numbers.brief(value));
      // Whole numbers keep all their digits.
      MathContext digits = new MathContext(Math.abs(value) >= 1000 && value < 1e9 ? 9 : 4);
      double rounded = new BigDecimal(value).round(digits).doubleValue();
      assertEquals(rounded, read.doubleValue(), Math.abs(value) * (value >= 1000 ? 6e-4 : 1e-9));
    }
  }

  @Test
  void oneIsNotPlural() {
    assertEquals("1 update", Numbers.count(1, "update"));
    assertEquals("0 updates", Numbers.count(0, "update"));
    assertEquals("200 updates", Numbers.count(200, "update"));
  }

  @Test
  void infiniteTermsDoNotCancel() {
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(infinity, Numbers.withoutResidue(infinity, infinity));
    assertEquals(Double.NaN, Numbers.withoutResidue(Double.NaN, infinity));
    assertEquals(0, Numbers.withoutResidue(1e-17, 1));
  }
}
