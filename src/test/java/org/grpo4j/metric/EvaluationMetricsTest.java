package org.grpo4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationMetricsTest {

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "10, 3", "512, 0", "512, 240", "512, 511", "512, 512"})
  void wilsonIsThatOfCommonsMath(int n, int count) {
    ConfidenceInterval expected = new WilsonScoreInterval().createInterval(n, count, 0.95);
    WilsonInterval interval = new Proportion(count, n).interval();
    assertEquals(Math.max(0, expected.getLowerBound()), interval.lower(), 1e-12);
    assertEquals(Math.min(1, expected.getUpperBound()), interval.upper(), 1e-12);
    assertTrue(interval.lower() <= count / (double) n && interval.upper() >= count / (double) n);
  }

  /** The share of subsets of size k with a correct completion, counted one by one. */
  @Test
  void passAtKIsTheShareOfSubsetsWithACorrectCompletion() {
    int n = 9;
    for (int c = 0; c <= n; c++) {
      for (int k = 1; k <= n; k++) {
        int subsets = 0;
        int passing = 0;
        for (int subset = 0; subset < 1 << n; subset++) {
          if (Integer.bitCount(subset) == k) {
            subsets++;
            passing += (subset & ((1 << c) - 1)) != 0 ? 1 : 0;
          }
        }
        assertEquals(passing / (double) subsets, PassAtK.unbiased(n, c, k), 1e-14);
      }
    }
  }

  @Test
  void passAtOneIsTheShareOfCorrectCompletions() {
    assertEquals(0.3, PassAtK.unbiased(10, 3, 1), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> PassAtK.unbiased(4, 5, 1));
    assertThrows(IllegalArgumentException.class, () -> PassAtK.unbiased(4, 2, 5));
    assertThrows(IllegalArgumentException.class, () -> PassAtK.unbiased(4, 2, 0));
  }

  @ParameterizedTest
  @CsvSource({"445, 0", "544, 1", "7887, 0", "8778, 0", "78, 0", "a, 0", "1223, 1", "1233, 2"})
  void theMajorityWinsAndTiesGoToTheFirstSeen(String answers, int winner) {
    assertEquals(winner, MajorityVote.winner(Arrays.asList(answers.split(""))));
  }

  @Test
  void blocksVoteOneAfterTheOther() {
    List<String> answers = Arrays.asList("xxyyyxzyx".split(""));
    List<Boolean> correct = answers.stream().map("y"::equals).toList();
    assertEquals(4 / 9.0, MajorityVote.shareOfCorrectBlocks(answers, correct, 1));
    // xxy yyx zyx: x, y, z
    assertEquals(1 / 3.0, MajorityVote.shareOfCorrectBlocks(answers, correct, 3));
    // xxyy yxzy and a rest: x (tie, first), y
    assertEquals(1 / 2.0, MajorityVote.shareOfCorrectBlocks(answers, correct, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> MajorityVote.shareOfCorrectBlocks(answers, correct, 10));
    assertThrows(
        IllegalArgumentException.class, () -> MajorityVote.winner(Collections.emptyList()));
  }

  @Test
  void proportionsAreChecked() {
    assertEquals(0.25, new Proportion(1, 4).value());
    assertThrows(IllegalArgumentException.class, () -> new Proportion(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Proportion(5, 4));
    assertThrows(IllegalArgumentException.class, () -> new Proportion(-1, 4));
  }
}
