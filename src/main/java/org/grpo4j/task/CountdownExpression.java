package org.grpo4j.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Three digits joined by two operators, such as {@code 3*7+5}, with the usual precedence.
 *
 * @param text five characters: digit, operator, digit, operator, digit
 */
record CountdownExpression(String text) {

  private static final String OPERATORS = "+-*";
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  CountdownExpression {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(
          "text: must be like 3*7+5, three digits joined by + - *, got \"" + text + "\"");
    }
  }

  /** True if {@code text} is digit, operator, digit, operator, digit and nothing else. */
  static boolean isWellFormed(String text) {
    return text.length() == 5
        && isDigit(text.charAt(0))
        && isOperator(text.charAt(1))
        && isDigit(text.charAt(2))
        && isOperator(text.charAt(3))
        && isDigit(text.charAt(4));
  }

  /**
   * All 54 expressions of these numbers: six orders times nine pairs of operators. Equal numbers
   * make some of them equal.
   *
   * @param numbers three digits, such as {@code 357}
   */
  static List<CountdownExpression> all(String numbers) {
    List<CountdownExpression> expressions = new ArrayList<>(54);
    for (int[] order : ORDERS) {
      for (int first = 0; first < OPERATORS.length(); first++) {
        for (int second = 0; second < OPERATORS.length(); second++) {
          expressions.add(
              new CountdownExpression(
                  ""
                      + numbers.charAt(order[0])
                      + OPERATORS.charAt(first)
                      + numbers.charAt(order[1])
                      + OPERATORS.charAt(second)
                      + numbers.charAt(order[2])));
        }
      }
    }
    return expressions;
  }

  /** The value: multiplication first, then left to right. */
  int value() {
    int a = text.charAt(0) - '0';
    int b = text.charAt(2) - '0';
    int c = text.charAt(4) - '0';
    char first = text.charAt(1);
    char second = text.charAt(3);
    boolean secondBindsTighter = second == '*' && first != '*';
    return secondBindsTighter
        ? apply(first, a, apply(second, b, c))
        : apply(second, apply(first, a, b), c);
  }

  /** True if the expression uses each of {@code numbers} (three digits) exactly once. */
  boolean usesExactly(String numbers) {
    char[] used = {text.charAt(0), text.charAt(2), text.charAt(4)};
    char[] given = numbers.toCharArray();
    Arrays.sort(used);
    Arrays.sort(given);
    return Arrays.equals(used, given);
  }

  private static int apply(char operator, int left, int right) {
    return switch (operator) {
      case '+' -> left + right;
      case '-' -> left - right;
      default -> left * right;
    };
  }

  private static boolean isDigit(char symbol) {
    return symbol >= '0' && symbol <= '9';
  }

  private static boolean isOperator(char symbol) {
    return OPERATORS.indexOf(symbol) >= 0;
  }
}
