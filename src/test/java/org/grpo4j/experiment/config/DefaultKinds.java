package org.grpo4j.experiment.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.declare.Kinds;

/** Variants with their defaults, as an experiment file that gives a name alone has them. */
public final class DefaultKinds {

  private static final ConfigNode.Section NOTHING =
      new ConfigNode.Section(Map.of(), new Origin("defaults", 0));

  private DefaultKinds() {}

  /**
   * {@code examples}, and with its defaults every variant of {@code family} that has no example
   * yet. So what is new is tested before anybody writes a line into a test.
   *
   * @param file where examples are written, for the message if defaults do not suffice
   */
  public static <T> List<T> completed(List<T> examples, Class<T> family, String file) {
    List<T> all = new ArrayList<>(examples);
    for (Class<?> kind : family.getAnnotation(Kinds.class).value()) {
      if (examples.stream().noneMatch(kind::isInstance)) {
        all.add(family.cast(byDefault(kind, file)));
      }
    }
    return List.copyOf(all);
  }

  /** Every variant of {@code family} by its name. */
  public static <T> Map<String, Chosen<T>> all(Class<T> family) {
    Map<String, Chosen<T>> all = new LinkedHashMap<>();
    for (Class<?> kind : family.getAnnotation(Kinds.class).value()) {
      Chosen<T> chosen = new Chosen<>(kind.asSubclass(family), defaults(kind));
      all.put(chosen.name(), chosen);
    }
    return all;
  }

  /** Of its settings; what comes before them in the constructor is given when it is made. */
  private static List<Object> defaults(Class<?> kind) {
    return new RecordBinder(OutsideClasses.NONE).values(NOTHING, "", kind).orElseThrow();
  }

  private static Object byDefault(Class<?> kind, String file) {
    try {
      return RecordBinder.bind(NOTHING, kind);
    } catch (ConfigException | IllegalStateException e) {
      throw new AssertionError(
          "add an example of " + kind.getSimpleName() + " to " + file + ": " + e.getMessage(), e);
    }
  }
}
