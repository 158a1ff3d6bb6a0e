package org.grpo4j.experiment.config;

import java.util.List;
import org.grpo4j.declare.Kind;

/**
 * A variant that a file has chosen and that is made later, because it needs something that the file
 * does not say: a reward needs the task. Two are equal if class and settings are.
 *
 * @param type the variant's class
 * @param settings the values of its settings, in declaration order
 * @param <T> the family
 */
public record Chosen<T>(Class<? extends T> type, List<Object> settings) {

  public Chosen {
    settings = List.copyOf(settings);
  }

  /** The name in files: that of its {@link Kind}, or of the class if it is from outside. */
  public String name() {
    return OutsideClasses.isOutside(type) ? type.getName() : Settings.kind(type).value();
  }

  /**
   * A new instance.
   *
   * @param context what comes before the settings in the constructor, if that asks for it
   * @throws IllegalArgumentException if there is no such constructor, or it refuses
   */
  public T make(Object... context) {
    return Settings.create(type, settings, context);
  }
}
