package org.grpo4j.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;

class MathTest {

  @Test
  void momentsAgreeWithCommonsMath() {
    Property.forAll(
        random -> {
          double[] values = new double[2 + random.nextInt(9)];
          for (int i = 0; i < values.length; i++) {
            values[i] = Property.around(random, 10);
          }
          Moments moments = Moments.of(values);
          assertEquals(new Mean().evaluate(values), moments.mean(), 1e-13);
          assertEquals(
              new StandardDeviation(true).evaluate(values),
              Deviation.SAMPLE.standardDeviation(moments),
              1e-13);
          assertEquals(
              new StandardDeviation(false).evaluate(values),
              Deviation.POPULATION.standardDeviation(moments),
              1e-13);
        });
  }

  /** Computed, the mean of these differs from them in the last bit. */
  @Test
  void equalNumbersHaveExactlyTheirOwnMeanAndNoSpread() {
    assertFalse((0.1 + 0.1 + 0.1) / 3 == 0.1, "these numbers no longer show the problem");
    Moments moments = Moments.of(0.1, 0.1, 0.1);
    assertEquals(0.1, moments.mean());
    assertEquals(0.0, moments.sampleStandardDeviation());
    assertTrue(moments.allEqual());
  }

  @Test
  void momentsOfFewNumbers() {
    assertEquals(0, Moments.of().count());
    assertTrue(Double.isNaN(Moments.of().mean()));
    assertTrue(Double.isNaN(Moments.of(3).sampleVariance()), "undefined for one number");
    assertEquals(0, Moments.of(3).populationVariance());
    assertEquals(2, Moments.ofPresent(1, Double.NaN, 3).count());
    assertEquals(2, Moments.ofPresent(1, Double.NaN, 3).mean());
    assertFalse(Moments.of(1, 2).allEqual());
  }

  @Test
  void momentsOfMaskedTablesSkipWhatIsMasked() {
    TokenTable table = TokenTable.of(new double[][] {{1, Double.NaN}, {5}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 0}, {1}});
    assertEquals(Moments.of(1, 5), Moments.ofMasked(table, mask));
  }

  @Test
  void groupsAreNumberedInTheOrderInWhichTheyOccur() {
    RowGroups groups = RowGroups.of(7, 3, 7);
    assertEquals(2, groups.count());
    assertEquals(0, groups.groupOf(2));
    assertArrayEquals(new int[] {0, 2}, groups.members(0));
    assertArrayEquals(new double[] {10, 30}, groups.select(0, DoubleVector.of(10, 20, 30)));
    assertEquals(RowGroups.of(0, 0, 1, 1), RowGroups.consecutive(4, 2));
    // In a list of the groups so far a million would take an hour to find.
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertEquals(1 << 20, RowGroups.consecutive(1 << 20, 1).count()));
    assertThrows(IllegalArgumentException.class, () -> RowGroups.consecutive(4, 3));
  }

  @Test
  void masks() {
    TokenTable mask = TokenTable.of(new double[][] {{1, 0}, {1, 1}});
    assertEquals(3, Masks.count(mask));
    assertEquals(
        TokenTable.of(new double[][] {{5, 0}, {6, 6}}), Masks.spread(DoubleVector.of(5, 6), mask));
    assertEquals(
        TokenTable.of(new double[][] {{0, 0}, {1, 1}}),
        Masks.keepRows(mask, DoubleVector.of(0, 1)));
    TokenTable values = TokenTable.of(new double[][] {{1, Double.NaN}, {2, 6}});
    assertEquals(3, Masks.mean(values, mask));
    assertThrows(
        IllegalArgumentException.class,
        () -> Masks.requireZeroOne(TokenTable.of(new double[][] {{0.5}})));
  }

  @Test
  void anExplanationIsATree() {
    Explanation one = Explanation.of(1, "r", "reward");
    Explanation tree = Explanation.filled(3, "", "sum", "{0} + {1}", one, one.as("s"));
    assertEquals("3  r + s = 1 + 1, sum\n├─ 1  r, reward\n└─ 1  s, reward\n", tree.toString());
  }

  @Test
  void aGivenNumberOfAnExplanationCanBeDetailedOnce() {
    Explanation given = Explanation.of(2, "x", "given");
    Explanation zero = Explanation.of(0, "", "zero");
    Explanation detail = Explanation.of(2, "x", "sum", Explanation.of(1, "y", "one"));
    Explanation tree = Explanation.of(4, "x", "twice", zero, given, given);
    assertEquals(List.of(zero, detail, given), tree.withDetail(detail).parts());
    assertEquals(tree, tree.withDetail(detail.as("y")), "another symbol");
    Explanation another = Explanation.of(3, "x", "another value");
    assertEquals(tree, tree.withDetail(another));
  }

  @Test
  void anExplanationFillsItsFormulaIn() {
    Explanation reward = Explanation.of(1, "r", "reward");
    Explanation mean = Explanation.of(-0.25, "mean", "");
    Explanation filled = Explanation.filled(1.25, "A", "advantage", "{0} - {1}", reward, mean);
    assertEquals("A = r - mean = 1 - (-0.25), advantage", filled.text());
    Explanation product = Explanation.filled(2.5, "", "", "2 * {0}", filled);
    assertEquals("2 * A = 2 * 1.25", product.text());
    product = Explanation.filled(2.5, "", "", "2 * {0}", filled.as(""));
    assertEquals("2 * (r - mean) = 2 * (1 - (-0.25))", product.text(), "a part without a name");
    Explanation exp = Explanation.filled(Math.exp(1.25), "", "", "exp({0})", filled.as(""));
    assertEquals("exp(r - mean) = exp(1 - (-0.25))", exp.text());
  }

  @Test
  void groupsAreShortText() {
    assertEquals("[0×3, 1, 0×2]", RowGroups.of(0, 0, 0, 1, 0, 0).toString());
    assertEquals("[0×8, 1×8]", RowGroups.consecutive(16, 8).toString());
  }

  @Test
  void sumsThatDifferInTheLastBitAreEqual() {
    Moments moments = Moments.of(0.1 + 0.2, 0.3, 0.1 + 0.2);
    assertTrue(moments.allEqual());
    assertEquals(0, moments.sampleStandardDeviation());
    assertTrue(Moments.of(1e9 * (0.1 + 0.2), 1e9 * 0.3).allEqual(), "it scales with the numbers");
    assertTrue(!Moments.of(1e-20, 2e-20).allEqual(), "small numbers differ too");
    assertTrue(!Moments.of(1, 1 + 1e-12).allEqual());
    assertTrue(!Moments.of(Double.POSITIVE_INFINITY, 1).allEqual());
    assertTrue(!Moments.of(Double.NaN, Double.NaN).allEqual());
    assertEquals(Optional.empty(), Moments.of(1).compared(), "nothing to compare one number with");
    assertEquals(Optional.of(true), Moments.of(1, 1).compared());
  }
}
