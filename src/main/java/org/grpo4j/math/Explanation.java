package org.grpo4j.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The derivation of a number: its symbol, what it is, the formula, and the parts it was computed
 * from, each explained in turn. The value is computed from the values of the parts, in the same
 * order of operations as the original, so that it equals the number it explains to the last bit;
 * tests check this wherever something explains itself, and that the formula gives the value too.
 *
 * @param value the number
 * @param symbol what the number is called in equations, as {@code docs/symbols.md} lists it: {@code
 *     A}, {@code rho}, {@code log pi_old}; empty for an intermediate result without a name, whose
 *     own formula then stands in the formulas it is a part of. Whoever looks for a number in a tree
 *     looks for its symbol
 * @param description what the number is, in words; may be empty beside a symbol or a formula
 * @param formula how the value follows from the parts, {@code {0}} for the first, {@code {1}} for
 *     the second, and so on, with {@code + - * /}, brackets, and the functions {@code exp}, {@code
 *     log}, {@code min}, {@code max}, {@code sqrt}, {@code abs}; empty if the description has to do
 * @param parts what the number was computed from
 */
public record Explanation(
    double value, String symbol, String description, String formula, List<Explanation> parts) {

  public Explanation {
    parts = List.copyOf(parts);
  }

  /** A number without a formula: one that is given, or one whose description says it all. */
  public static Explanation of(
      double value, String symbol, String description, Explanation... parts) {
    return new Explanation(value, symbol, description, "", List.of(parts));
  }

  /**
   * A number with its formula, {@code filled(0.75, "A", "advantage", "{0} - {1}", r, mean)}, which
   * reads {@code A = r - mean = 1 - 0.25, advantage}.
   */
  public static Explanation filled(
      double value, String symbol, String description, String formula, Explanation... parts) {
    return new Explanation(value, symbol, description, formula, List.of(parts));
  }

  /** The same number under another symbol. */
  public Explanation as(String newSymbol) {
    return new Explanation(value, newSymbol, description, formula, parts);
  }

  /** Symbol, formula, the formula with the numbers in it, and description, on one line. */
  public String text() {
    List<String> sides = new ArrayList<>();
    if (!symbol.isEmpty()) {
      sides.add(symbol);
    }
    if (!formula.isEmpty()) {
      sides.add(expression(false));
      sides.add(expression(true));
    }
    String equation = String.join(" = ", sides);
    return equation + (equation.isEmpty() || description.isEmpty() ? "" : ", ") + description;
  }

  /** The formula with the parts in their places, as numbers or as symbols. */
  private String expression(boolean numbers) {
    String filled = formula;
    for (int i = 0; i < parts.size(); i++) {
      String place = "{" + i + "}";
      String part = parts.get(i).inFormula(numbers);
      for (int at = filled.indexOf(place); at >= 0; at = filled.indexOf(place, at)) {
        String before = filled.substring(0, at);
        String after = filled.substring(at + place.length());
        boolean first = before.isEmpty() || before.endsWith("(") || before.endsWith(", ");
        boolean binds = after.startsWith(" *") || after.startsWith(" /") || binds(before);
        boolean nested = binds && parts.get(i).symbol.isEmpty() && part.contains(" ");
        boolean brackets = nested || (!first && part.startsWith("-"));
        String shown = brackets ? "(" + part + ")" : part;
        filled = before + shown + after;
        at += shown.length();
      }
    }
    return filled;
  }

  /** Whether what follows needs brackets if it is a sum. */
  private static boolean binds(String before) {
    return before.endsWith("-")
        || before.endsWith("- ")
        || before.endsWith("* ")
        || before.endsWith("/ ");
  }

  private String inFormula(boolean numbers) {
    if (symbol.isEmpty() && !formula.isEmpty()) {
      return expression(numbers);
    }
    return numbers ? Numbers.brief(value) : symbol.isEmpty() ? description : symbol;
  }

  /**
   * The same tree, in which the first number that is only given, under the symbol of {@code
   * detail}, is explained by it; unchanged if there is no such number or its value is another.
   */
  public Explanation withDetail(Explanation detail) {
    return replaceFirst(detail).orElse(this);
  }

  private Optional<Explanation> replaceFirst(Explanation detail) {
    if (parts.isEmpty()) {
      boolean isIt = symbol.equals(detail.symbol) && value == detail.value;
      return isIt ? Optional.of(detail) : Optional.empty();
    }
    for (int i = 0; i < parts.size(); i++) {
      Optional<Explanation> replaced = parts.get(i).replaceFirst(detail);
      if (replaced.isPresent()) {
        List<Explanation> newParts = new ArrayList<>(parts);
        newParts.set(i, replaced.get());
        return Optional.of(new Explanation(value, symbol, description, formula, newParts));
      }
    }
    return Optional.empty();
  }

  /**
   * The tree, one line a number.
   *
   * <pre>
   * 0.5  A = r - mean = 1 - 0.5, advantage
   * ├─ 1  r, reward
   * └─ 0.5  mean
   * </pre>
   */
  @Override
  public String toString() {
    StringBuilder tree = new StringBuilder();
    append(tree, "", "");
    return tree.toString();
  }

  private void append(StringBuilder tree, String indent, String indentOfParts) {
    tree.append(indent).append(Numbers.brief(value)).append("  ").append(text()).append('\n');
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      String branch = indentOfParts + (last ? "└─ " : "├─ ");
      parts.get(i).append(tree, branch, indentOfParts + (last ? "   " : "│  "));
    }
  }
}
