package org.grpo4j.whatif;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings by name, as the page has them: kinds, constants, {@code true} and {@code false} are
 * words. Nothing has a default here; defaults are the page's, from the same declarations as those
 * of experiment files.
 */
public final class Values {

  private final Map<String, Object> values = new HashMap<>();

  /** Sets {@code name} to a word. */
  public Values with(String name, String word) {
    values.put(name, word);
    return this;
  }

  /** Sets {@code name} to a number. */
  public Values with(String name, double number) {
    values.put(name, number);
    return this;
  }

  /**
   * The word of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  String word(String name) {
    if (values.get(name) instanceof String word) {
      return word;
    }
    throw wrong(name, "a word");
  }

  /**
   * The number of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  double number(String name) {
    if (values.get(name) instanceof Double number) {
      return number;
    }
    throw wrong(name, "a number");
  }

  /** The number of that name; infinity, which is no bound, if nothing is set. */
  double bound(String name) {
    return values.containsKey(name) ? number(name) : Double.POSITIVE_INFINITY;
  }

  /**
   * The constant that is called by the word of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  <E extends Enum<E>> E constant(String name, E[] constants) {
    for (E constant : constants) {
      if (word(name).equals(id(constant))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(name + ": there is no " + word(name));
  }

  private IllegalArgumentException wrong(String name, String rule) {
    Object value = values.get(name);
    return new IllegalArgumentException(
        value == null
            ? name + ": is missing, must be " + rule
            : name + ": must be " + rule + ", got " + value);
  }

  /** {@code RAW_REWARD} as files write it, {@code raw-reward}. */
  static String id(Enum<?> constant) {
    StringBuilder id = new StringBuilder();
    for (char letter : constant.name().toCharArray()) {
      boolean upper = letter >= 'A' && letter <= 'Z';
      id.append(letter == '_' ? '-' : upper ? (char) (letter - 'A' + 'a') : letter);
    }
    return id.toString();
  }
}
