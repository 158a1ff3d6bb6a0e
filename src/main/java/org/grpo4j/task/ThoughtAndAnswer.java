package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;

/**
 * A completion taken apart: {@code [231]132} is the thought {@code 231} and the answer {@code 132}.
 *
 * @param thought what stands between the brackets; empty if there is no well-formed thought
 * @param answer what follows the thought; the whole text if there is no well-formed thought
 */
public record ThoughtAndAnswer(String thought, String answer) {

  private static final char OPEN = '[';
  private static final char CLOSE = ']';

  /**
   * Takes {@code text} apart. A thought is well-formed if the text starts with {@code [} and has
   * exactly one {@code [} and one {@code ]}; it may be empty.
   *
   * @param text a completion without the end token
   */
  public static ThoughtAndAnswer of(String text) {
    int open = text.indexOf(OPEN);
    int close = text.indexOf(CLOSE);
    boolean wellFormed =
        open == 0
            && close > 0
            && text.lastIndexOf(OPEN) == open
            && text.lastIndexOf(CLOSE) == close;
    return wellFormed
        ? new ThoughtAndAnswer(text.substring(1, close), text.substring(close + 1))
        : new ThoughtAndAnswer("", text);
  }

  /**
   * The share of the thought's symbols that are among {@code symbols}; 0 without a thought or if it
   * is empty, so that leaving it out is not the easiest way to 1.
   */
  public double shareIn(String symbols) {
    double among = thought.chars().filter(symbol -> symbols.indexOf(symbol) >= 0).count();
    return thought.isEmpty() ? 0 : among / thought.length();
  }

  /** For each symbol of the thought, whether {@code right} has the same at its place. */
  List<Boolean> thoughtAgainst(String right) {
    List<Boolean> steps = new ArrayList<>(thought.length());
    for (int i = 0; i < thought.length(); i++) {
      steps.add(i < right.length() && thought.charAt(i) == right.charAt(i));
    }
    return steps;
  }
}
