package org.grpo4j.whatif;

import java.util.ArrayList;
import java.util.List;

/**
 * A setting that is one of some words.
 *
 * @param name its name
 * @param help what it does
 * @param byDefault what it is if not given
 * @param options what it may be
 */
public record ChoiceParameter(String name, String help, String byDefault, List<String> options)
    implements Parameter {

  public ChoiceParameter {
    options = List.copyOf(options);
  }

  /** The choice among the constants of an enum. */
  static <E extends Enum<E>> ChoiceParameter of(
      String name, String help, E byDefault, E[] constants) {
    List<String> options = new ArrayList<>();
    for (E constant : constants) {
      options.add(Ids.of(constant));
    }
    return new ChoiceParameter(name, help, Ids.of(byDefault), options);
  }

  /** A yes or no. */
  static ChoiceParameter flag(String name, String help) {
    return new ChoiceParameter(name, help, "false", List.of("false", "true"));
  }

  /**
   * The word of this name, or the default.
   *
   * @throws IllegalArgumentException if it is none of the options
   */
  String in(SettingValues values) {
    String value = values.text(name, byDefault);
    if (!options.contains(value)) {
      throw new IllegalArgumentException(
          name + ": must be one of " + Ids.list(options) + ", got " + value);
    }
    return value;
  }

  /** The constant that the word of this name means. */
  <E extends Enum<E>> E in(SettingValues values, E[] constants) {
    return constants[options.indexOf(in(values))];
  }
}
