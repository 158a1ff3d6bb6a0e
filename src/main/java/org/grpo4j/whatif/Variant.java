package org.grpo4j.whatif;

import java.util.List;
import java.util.function.Function;

/**
 * One way to fill a column.
 *
 * @param id its name in experiment files
 * @param label its name for people
 * @param help what it is, in a sentence
 * @param parameters its own settings
 * @param maker makes it from the values of its settings
 * @param <T> the type of the column
 */
public record Variant<T>(
    String id,
    String label,
    String help,
    List<Parameter> parameters,
    Function<SettingValues, T> maker) {

  public Variant {
    parameters = List.copyOf(parameters);
  }

  /** A variant without settings of its own. */
  static <T> Variant<T> of(String id, String label, String help, T value) {
    return new Variant<>(id, label, help, List.of(), values -> value);
  }
}
