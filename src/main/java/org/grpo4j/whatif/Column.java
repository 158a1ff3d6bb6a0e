package org.grpo4j.whatif;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the columns that make up an algorithm, with everything it can be filled with.
 *
 * @param name the setting that chooses the variant
 * @param byDefault the id of the variant that is taken if none is chosen
 * @param variants what can be chosen
 * @param <T> what the column holds
 */
public record Column<T>(String name, String byDefault, List<Variant<T>> variants) {

  public Column {
    variants = List.copyOf(variants);
  }

  /**
   * What the settings choose.
   *
   * @throws IllegalArgumentException if there is no such variant, or a parameter is out of bounds
   */
  T in(SettingValues values) {
    return chosen(values).maker().apply(values);
  }

  private Variant<T> chosen(SettingValues values) {
    String id = values.text(name, byDefault);
    List<String> ids = new ArrayList<>();
    for (Variant<T> variant : variants) {
      if (variant.id().equals(id)) {
        return variant;
      }
      ids.add(variant.id());
    }
    throw new IllegalArgumentException(name + ": must be one of " + Ids.list(ids) + ", got " + id);
  }

  /** The name of the column and those of all parameters of all its variants. */
  List<String> settingNames() {
    List<String> names = new ArrayList<>();
    names.add(name);
    for (Variant<T> variant : variants) {
      for (Parameter parameter : variant.parameters()) {
        names.add(parameter.name());
      }
    }
    return names;
  }
}
