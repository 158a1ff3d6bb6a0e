package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;

/**
 * A solver of {@link Logic} puzzles by enumeration. It reads the prompt and shares no code with
 * what makes the puzzles.
 */
final class LogicSolver {

  private static final String[] ASSIGNMENTS = {
    "ABC", "ABc", "AbC", "Abc", "aBC", "aBc", "abC", "abc"
  };

  private LogicSolver() {}

  /** Every assignment under which knights have told the truth and knaves have lied. */
  static List<String> solutions(String prompt) {
    List<String> solutions = new ArrayList<>();
    for (String assignment : ASSIGNMENTS) {
      boolean fits = true;
      for (int speaker = 0; speaker < assignment.length(); speaker++) {
        fits &= fits(prompt, assignment, speaker);
      }
      if (fits) {
        solutions.add(assignment);
      }
    }
    return solutions;
  }

  /** Whether {@code speaker} says the truth as a knight, or lies as a knave. */
  static boolean fits(String prompt, String assignment, int speaker) {
    String[] statements = prompt.split("[,?]", -1);
    boolean knight = Character.isUpperCase(assignment.charAt(speaker));
    return isTrue(statements[speaker], assignment) == knight;
  }

  private static boolean isTrue(String statement, String assignment) {
    boolean left = value(statement.charAt(0), assignment);
    boolean right = value(statement.charAt(2), assignment);
    return switch (statement.charAt(1)) {
      case '&' -> left && right;
      case '|' -> left || right;
      case '=' -> left == right;
      default -> left != right;
    };
  }

  /** Whether {@code symbol} is a knight: a person of the assignment, or 1. */
  private static boolean value(char symbol, String assignment) {
    return symbol == '1' || assignment.indexOf(symbol) >= 0;
  }
}
