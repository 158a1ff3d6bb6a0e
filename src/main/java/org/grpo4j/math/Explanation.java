package org.grpo4j.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a number came about: its value, a sentence or formula with numbers in it, and the parts it
 * was computed from, each explained in turn. The value is computed from the values of the parts, in
 * the same order of operations as the original, so that it equals the number it explains to the
 * last bit; tests check this wherever something explains itself.
 *
 * @param value the number
 * @param description what it is and how it follows from the parts
 * @param parts what it was computed from, in the order of the formula
 */
public record Explanation(double value, String description, List<Explanation> parts) {

  public Explanation {
    parts = List.copyOf(parts);
  }

  /** An explanation with these parts; none for a number that is given. */
  public static Explanation of(double value, String description, Explanation... parts) {
    return new Explanation(value, description, List.of(parts));
  }

  /**
   * An explanation whose formula is repeated with the values of the parts filled in: the
   * description {@code "A = r - mean"} with the formula {@code "{0} - {1}"} becomes {@code "A = r -
   * mean = 1 - 0.25"}.
   *
   * @param formula with {@code {0}} where the value of the first part goes, {@code {1}} for the
   *     second, and so on; negative values after an operator get parentheses
   */
  public static Explanation filled(
      double value, String description, String formula, Explanation... parts) {
    String filled = formula;
    for (int i = 0; i < parts.length; i++) {
      filled = fillIn(filled, "{" + i + "}", Numbers.brief(parts[i].value()));
    }
    return of(value, description + " = " + filled, parts);
  }

  private static String fillIn(String formula, String place, String value) {
    String filled = formula;
    for (int at = filled.indexOf(place); at >= 0; at = filled.indexOf(place)) {
      String before = filled.substring(0, at);
      boolean afterOperator = !(at == 0 || before.endsWith("(") || before.endsWith(", "));
      boolean parentheses = afterOperator && value.startsWith("-");
      String shown = parentheses ? "(" + value + ")" : value;
      filled = before + shown + filled.substring(at + place.length());
    }
    return filled;
  }

  /**
   * The same tree, in which the first number that is only given, under the name {@code given}, is
   * explained by {@code detail}; unchanged if there is no such number or its value is another.
   */
  public Explanation withDetail(String given, Explanation detail) {
    return replaceFirst(given, detail).orElse(this);
  }

  private Optional<Explanation> replaceFirst(String given, Explanation detail) {
    if (parts.isEmpty()) {
      boolean isIt = description.equals(given) && value == detail.value();
      return isIt ? Optional.of(detail) : Optional.empty();
    }
    for (int i = 0; i < parts.size(); i++) {
      Optional<Explanation> replaced = parts.get(i).replaceFirst(given, detail);
      if (replaced.isPresent()) {
        List<Explanation> newParts = new ArrayList<>(parts);
        newParts.set(i, replaced.get());
        return Optional.of(new Explanation(value, description, newParts));
      }
    }
    return Optional.empty();
  }

  /** The tree, one line a node, parts indented below what they explain. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, 0);
    return text.toString();
  }

  private void append(StringBuilder text, int depth) {
    if (depth > 0) {
      text.append('\n');
    }
    for (int i = 0; i < depth; i++) {
      text.append("  ");
    }
    text.append(Numbers.brief(value)).append("  ").append(description);
    for (Explanation part : parts) {
      part.append(text, depth + 1);
    }
  }
}
