package org.grpo4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackProgramTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "d*, 7, 49",
        "1s-, 7, -6",
        "p5, 7, 5",
        "9s(1-s2+s)p, 4, 17",
        "1(, 0, none",
        "), 0, none",
        "(, 0, none",
        "(()), 0, 0",
        "1(1), 0, none",
        "0(p), 3, none",
        "(), 0, 0",
        "(), 1, none",
        "ddddddddddddddddd, 1, none",
        "d*d*d*d*, 9, none",
        "+, 1, none",
        "p, 1, none",
        "p(, 1, none",
        "p(0), 1, none",
        "x, 1, none",
        "px, 1, none",
        "5, 1, none",
      })
  void programsStayWithinTheirBounds(String text, int input, Integer result) {
    assertEquals(
        result == null ? OptionalInt.empty() : OptionalInt.of(result),
        new StackProgram(text).run(input));
  }

  @Test
  void noTextMakesAProgramThrowOrRunOn() {
    SplittableRandom random = new SplittableRandom(4);
    String symbols = "0129+-*dsp()>,?_x";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(14); length > 0; length--) {
        text.append(symbols.charAt(random.nextInt(symbols.length())));
      }
      OptionalInt result = new StackProgram(text.toString()).run(random.nextInt(10));
      assertEquals(true, result.isEmpty() || Math.abs(result.getAsInt()) <= StackProgram.LARGEST);
    }
  }

  /** At each bound there is a result, and one beyond there is none. */
  @Test
  void theBoundsThemselvesAreWithin() {
    String within = "5p".repeat(StackProgram.MOST_STEPS / 2);
    assertEquals(OptionalInt.of(7), new StackProgram(within).run(7));
    assertEquals(OptionalInt.empty(), new StackProgram(within.substring(2) + "dsp").run(7));
    int copies = StackProgram.MOST_NUMBERS - 1;
    String sum = "d".repeat(copies) + "+".repeat(copies);
    assertEquals(OptionalInt.of(StackProgram.MOST_NUMBERS), new StackProgram(sum).run(1));
    assertEquals(OptionalInt.empty(), new StackProgram("d" + sum + "+").run(1));
    for (int sign : List.of(1, -1)) {
      int most = sign * StackProgram.LARGEST;
      assertEquals(OptionalInt.of(most), new StackProgram("0+").run(most));
      assertEquals(OptionalInt.empty(), new StackProgram(sign > 0 ? "1+" : "1-").run(most));
    }
  }
}
