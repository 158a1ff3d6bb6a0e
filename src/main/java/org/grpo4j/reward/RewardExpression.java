package org.grpo4j.reward;

import java.util.Map;
import java.util.function.Function;
import org.grpo4j.math.Elementary;

/**
 * A small expression of numbers, such as {@code right - 0.1 * max(0, length - 6)}: numbers, names,
 * {@code + - * /}, comparisons that are 1 or 0, parentheses, {@code min(a, b)}, {@code max(a, b)}
 * and {@code has("text")}.
 *
 * <pre>
 * comparison = sum [("<" | "<=" | ">" | ">=" | "==" | "!=") sum]
 * sum        = product {("+" | "-") product}
 * product    = factor {("*" | "/") factor}
 * factor     = "-" factor | number | name | call | "(" comparison ")"
 * </pre>
 *
 * @param <C> what it is evaluated of
 */
final class RewardExpression<C> {

  private static final int MOST_CHARACTERS = 500;
  private static final int MOST_NESTED = 50;

  /** So many digits, and 10 to the power of so many, are doubles without rounding. */
  private static final int MOST_DIGITS = 15;

  private static final char END = 0;

  private final String text;
  private final Map<String, Function<C, Double>> names;
  private final Function<C, String> textOf;
  private int at;
  private int nested;

  private RewardExpression(
      String text, Map<String, Function<C, Double>> names, Function<C, String> textOf) {
    this.text = text;
    this.names = names;
    this.textOf = textOf;
  }

  /**
   * The expression as a function.
   *
   * @param names what can be named in it
   * @param textOf what {@code has} looks through
   * @throws IllegalArgumentException if {@code text} is no expression; says where and why
   */
  static <C> Function<C, Double> parse(
      String text, Map<String, Function<C, Double>> names, Function<C, String> textOf) {
    RewardExpression<C> parser = new RewardExpression<>(text, names, textOf);
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "expression: must have at most " + MOST_CHARACTERS + " characters, got " + text.length());
    }
    Function<C, Double> whole = parser.comparison();
    if (parser.next() != END) {
      throw parser.wrong("an operator or the end");
    }
    return whole;
  }

  private Function<C, Double> comparison() {
    Function<C, Double> left = sum();
    for (String operator : new String[] {"<=", ">=", "==", "!=", "<", ">"}) {
      if (accept(operator)) {
        Function<C, Double> right = sum();
        return c -> holds(operator, left.apply(c), right.apply(c)) ? 1.0 : 0.0;
      }
    }
    return left;
  }

  private static boolean holds(String operator, double left, double right) {
    return switch (operator) {
      case "<=" -> left <= right;
      case ">=" -> left >= right;
      case "<" -> left < right;
      case ">" -> left > right;
      case "==" -> left == right;
      default -> left != right;
    };
  }

  private Function<C, Double> sum() {
    Function<C, Double> value = product();
    while (true) {
      Function<C, Double> left = value;
      if (accept("+")) {
        Function<C, Double> right = product();
        value = c -> left.apply(c) + right.apply(c);
      } else if (accept("-")) {
        Function<C, Double> right = product();
        value = c -> left.apply(c) - right.apply(c);
      } else {
        return value;
      }
    }
  }

  private Function<C, Double> product() {
    Function<C, Double> value = factor();
    while (true) {
      Function<C, Double> left = value;
      if (accept("*")) {
        Function<C, Double> right = factor();
        value = c -> left.apply(c) * right.apply(c);
      } else if (accept("/")) {
        Function<C, Double> right = factor();
        value = c -> left.apply(c) / right.apply(c);
      } else {
        return value;
      }
    }
  }

  private Function<C, Double> factor() {
    if (++nested > MOST_NESTED) {
      throw wrong("no more than " + MOST_NESTED + " levels");
    }
    try {
      if (accept("-")) {
        Function<C, Double> value = factor();
        return c -> -value.apply(c);
      }
      if (accept("(")) {
        Function<C, Double> value = comparison();
        expect(")");
        return value;
      }
      char first = next();
      return isDigit(first) || first == '.' ? number() : named(word());
    } finally {
      nested--;
    }
  }

  private Function<C, Double> number() {
    int begin = at;
    while (isDigit(peek()) || peek() == '.') {
      at++;
    }
    String digits = text.substring(begin, at);
    if (digits.indexOf('.') != digits.lastIndexOf('.') || digits.equals(".")) {
      at = begin;
      throw wrong("a number");
    }
    int point = digits.indexOf('.');
    String whole = digits.replace(".", "");
    if (whole.length() > MOST_DIGITS) {
      at = begin;
      throw wrong("a number of at most " + MOST_DIGITS + " digits");
    }
    int decimals = point < 0 ? 0 : whole.length() - point;
    double value = Long.parseLong(whole) / Elementary.power(10, decimals); // both are exact
    return c -> value;
  }

  private Function<C, Double> named(String name) {
    switch (name) {
      case "min", "max" -> {
        expect("(");
        Function<C, Double> first = comparison();
        expect(",");
        Function<C, Double> second = comparison();
        expect(")");
        return name.equals("min")
            ? c -> Math.min(first.apply(c), second.apply(c))
            : c -> Math.max(first.apply(c), second.apply(c));
      }
      case "has" -> {
        expect("(");
        String wanted = quoted();
        expect(")");
        return c -> textOf.apply(c).contains(wanted) ? 1.0 : 0.0;
      }
      default -> {
        Function<C, Double> value = names.get(name);
        if (value == null) {
          at -= name.length();
          throw wrong("a number or one of " + String.join(", ", names.keySet()));
        }
        return value;
      }
    }
  }

  private String word() {
    int begin = at;
    while (peek() >= 'a' && peek() <= 'z') {
      at++;
    }
    if (at == begin) {
      throw wrong("a number or one of " + String.join(", ", names.keySet()));
    }
    return text.substring(begin, at);
  }

  private String quoted() {
    expect("\"");
    int end = text.indexOf('"', at);
    if (end < 0) {
      throw wrong("a closing \"");
    }
    String inside = text.substring(at, end);
    at = end + 1;
    return inside;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  /** The next character that is no space; {@link #END} behind the last. */
  private char next() {
    while (peek() == ' ') {
      at++;
    }
    return peek();
  }

  private boolean accept(String symbol) {
    next();
    boolean found = text.startsWith(symbol, at);
    at += found ? symbol.length() : 0;
    return found;
  }

  private void expect(String symbol) {
    if (!accept(symbol)) {
      throw wrong(symbol);
    }
  }

  private IllegalArgumentException wrong(String wanted) {
    String found = next() == END ? "the end" : "\"" + text.substring(at) + "\"";
    return new IllegalArgumentException(
        "expression: must have " + wanted + " at character " + (at + 1) + ", got " + found);
  }
}
