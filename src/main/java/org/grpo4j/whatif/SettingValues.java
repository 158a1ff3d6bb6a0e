package org.grpo4j.whatif;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Settings by name: which variant of each column, and their parameters. What is not there has its
 * default.
 */
public final class SettingValues {

  private final Map<String, String> texts;
  private final Map<String, Double> numbers;

  private SettingValues(Map<String, String> texts, Map<String, Double> numbers) {
    this.texts = texts;
    this.numbers = numbers;
  }

  /** Nothing but defaults. */
  public static SettingValues defaults() {
    return new SettingValues(Map.of(), Map.of());
  }

  /** The same with {@code name} set to a word. */
  public SettingValues with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(texts);
    more.put(name, value);
    return new SettingValues(more, numbers);
  }

  /** The same with {@code name} set to a number. */
  public SettingValues with(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(numbers);
    more.put(name, value);
    return new SettingValues(texts, more);
  }

  /** The names that are set: words first, each in the order in which they were set. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(texts.keySet());
    names.addAll(numbers.keySet());
    return names;
  }

  /** True if {@code name} is set to a number. */
  public boolean isNumber(String name) {
    return numbers.containsKey(name);
  }

  /**
   * The word that {@code name} is set to, or {@code byDefault}.
   *
   * @throws IllegalArgumentException if it is set to a number
   */
  public String text(String name, String byDefault) {
    if (numbers.containsKey(name)) {
      throw new IllegalArgumentException(
          name + ": must be a word such as " + byDefault + ", got a number");
    }
    String value = texts.get(name);
    return value == null ? byDefault : value;
  }

  /**
   * The number that {@code name} is set to, or {@code byDefault}.
   *
   * @throws IllegalArgumentException if it is set to a word
   */
  public double number(String name, double byDefault) {
    String word = texts.get(name);
    if (word != null) {
      throw new IllegalArgumentException(name + ": must be a number, got " + word);
    }
    Double value = numbers.get(name);
    return value == null ? byDefault : value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SettingValues that
        && texts.equals(that.texts)
        && numbers.equals(that.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * texts.hashCode() + numbers.hashCode();
  }

  @Override
  public String toString() {
    return texts + " " + numbers;
  }
}
