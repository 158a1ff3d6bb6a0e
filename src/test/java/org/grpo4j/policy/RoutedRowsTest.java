package org.grpo4j.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of a routing, written by hand: row {@code r} goes through experts r and r + 1. */
class RoutedRowsTest {

  private static Routing routing(int rows, int prompt, int tokens, int experts, int active) {
    List<Sequence> sequences = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      sequences.add(
          new Sequence(TokenSequence.of(new int[prompt]), TokenSequence.of(new int[tokens])));
    }
    return Routing.read(
        sequences,
        1,
        experts,
        active,
        (row, position, layer, chosen, p) -> {
          for (int j = 0; j < active; j++) {
            chosen[j] = row + j;
          }
          return true;
        });
  }

  @Test
  void aMiniBatchHasTheRowsItAsksForInItsOrder() {
    Routing all = routing(3, 2, 2, 5, 2);
    assertEquals(5, all.experts());
    Routing two = all.select(List.of(2, 0));
    assertArrayEquals(new int[] {2, 3}, two.chosen(0, 1, 0));
    assertArrayEquals(new int[] {0, 1}, two.chosen(1, 1, 0));
    assertEquals(4, two.tokens());
  }

  /** Three positions of one row in columns 4, 5 and 6 of 8; nobody has the others. */
  @Test
  void columnsThatNobodyHasAreLeftToTheRouter() {
    int[] columns = routing(1, 2, 2, 5, 2).byColumn(0, 8, (row, position) -> 4 + position);
    assertArrayEquals(
        new int[] {-1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 0, 1, 0, 1, -1, -1}, columns);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, 2, 5, 2, 3 rows", // one more row
    "3, 3, 2, 5, 2, 3 + 2 tokens in row 0", // a longer prompt
    "3, 2, 3, 5, 2, 2 + 3 tokens in row 0", // a longer completion
    "3, 2, 2, 6, 2, 6 experts",
    "3, 2, 2, 5, 3, 3 active"
  })
  void routingsOfOtherRowsAreRefused(
      int rows, int prompt, int tokens, int experts, int active, String said) {
    Routing other = routing(rows, prompt, tokens, experts, active);
    Routing one = routing(3, 2, 2, 5, 2);
    for (Runnable check :
        List.<Runnable>of(() -> other.changed(one, 0), () -> other.requireReplayOf(one))) {
      String message = assertThrows(IllegalArgumentException.class, check::run).getMessage();
      String wanted = rows == 3 ? said : "2 rows";
      assertTrue(message.contains(wanted), message);
    }
  }
}
