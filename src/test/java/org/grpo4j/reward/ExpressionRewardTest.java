package org.grpo4j.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.FinishReason;
import org.grpo4j.task.Problem;
import org.grpo4j.task.ThinkAdd;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionRewardTest {

  private static final ThinkAdd TASK = new ThinkAdd();
  private static final Problem PROBLEM = new Problem("47+85=", "132");

  private static double of(String expression, String text, FinishReason finish) {
    TokenSequence tokens = TASK.vocabulary().encodeCompletion(text);
    Completion completion =
        new Completion(tokens, text, DoubleVector.constant(tokens.length(), -1), finish);
    return new ExpressionReward(TASK, expression).score(PROBLEM, completion).total();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|1",
        "-2|-2",
        "--2|2",
        ".5|0.5",
        "1+2*3|7",
        "(1+2)*3|9",
        "7-4-2|1",
        "8/4/2|1",
        "2*-3|-6",
        "right|1",
        "length|9",
        "thought|3",
        "truncated|0",
        " right - 0.1 * max(0, length - 6) |0.7",
        "min(right, length)|1",
        "length <= 9|1",
        "length < 9|0",
        "length >= 9|1",
        "length > 9|0",
        "length == 9|1",
        "length != 9|0",
        "has(\"[231]\")|1",
        "has(\"x\")|0",
        "has(\"\")|1",
        "(length > 5) * (thought == 3)|1",
      })
  void anExpressionIsWhatItSays(String expression, double value) {
    assertEquals(value, of(expression, "[231]132", FinishReason.END_TOKEN), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "0.3", "2.675", "1.005", "123456.789012345", ".000000000000001"})
  void aNumberIsTheNearestDouble(String number) {
    assertEquals(Double.parseDouble(number), of(number, "[]1", FinishReason.END_TOKEN));
  }

  @Test
  void noNumberIsNotAMissingReward() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> of("right / (length - 9)", "[231]131", FinishReason.END_TOKEN));
    assertTrue(refused.getMessage().endsWith("47+85=[231]131"), refused.getMessage());
    assertEquals(Double.POSITIVE_INFINITY, of("right / 0", "[231]132", FinishReason.END_TOKEN));
  }

  @Test
  void whatWasCutOffIsNotRight() {
    assertEquals(0, of("right", "[231]132", FinishReason.LENGTH_LIMIT));
    assertEquals(1, of("truncated", "[231]132", FinishReason.LENGTH_LIMIT));
    assertEquals(0, of("right", "[]131", FinishReason.END_TOKEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 +",
        "1 2",
        "0.1234567890123456",
        "wrong",
        "right(",
        "max(1)",
        "max 1, 2",
        "has(x)",
        "has(\"x)",
        "1..2",
        ".",
        "(1",
        "1)",
        "1 < 2 < 3",
        "Right",
        "1e3",
        "right;",
        "\u0000"
      })
  void whatIsNoExpressionSaysWhere(String expression) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new ExpressionReward(TASK, expression));
    assertTrue(
        refused.getMessage().matches("(?s)expression: must have .* at character \\d+, got .*"),
        refused.getMessage());
  }

  @Test
  void neitherLengthNorDepthBreaksIt() {
    for (String huge :
        new String[] {"(".repeat(400), "-".repeat(400) + "1", "1+".repeat(300) + "1"}) {
      assertThrows(IllegalArgumentException.class, () -> new ExpressionReward(TASK, huge));
    }
  }
}
