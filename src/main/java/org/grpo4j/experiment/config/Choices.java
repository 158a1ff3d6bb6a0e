package org.grpo4j.experiment.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The form in which files choose one of several variants. */
final class Choices {

  /** The key that chooses a variant. */
  static final String KIND = "kind";

  /** The key that chooses a class from outside as the variant. */
  static final String CLASS = "class";

  private Choices() {}

  /** {@code surrogate: clip} means {@code surrogate: {kind: clip}}. */
  static ConfigNode.Section asSection(ConfigNode node) {
    if (node instanceof ConfigNode.Section section) {
      return section;
    }
    if (node instanceof ConfigNode.Scalar scalar && !scalar.isEmpty()) {
      return new ConfigNode.Section(
          Map.of(KIND, new ConfigNode.Entry(scalar.origin(), scalar)), scalar.origin());
    }
    return new ConfigNode.Section(Map.of(), node.origin());
  }

  /**
   * If the first setting is a choice, {@code {class: my.Reward, weight: 2}} means {@code {name:
   * {class: my.Reward}, weight: 2}}: the class is the choice, and settings that nobody else knows
   * are its own.
   */
  static ConfigNode.Section withClassInItsPlace(
      ConfigNode.Section given, List<Settings.Entry> settings) {
    if (!given.entries().containsKey(CLASS) || settings.isEmpty() || !settings.get(0).isOpen()) {
      return given;
    }
    ConfigNode.Section outer = given;
    ConfigNode.Section inner = given;
    Set<String> known = new HashSet<>();
    settings.forEach(setting -> known.add(setting.key()));
    for (String key : given.entries().keySet()) {
      outer = known.contains(key) ? outer : outer.without(key);
      inner = known.contains(key) ? inner.without(key) : inner;
    }
    return outer.with(settings.get(0).key(), new ConfigNode.Entry(given.origin(), inner));
  }

  /**
   * The class that was chosen, or what is wrong with the choice.
   *
   * @param name as it was written
   * @param outside where to look for a class of that name; empty for a kind
   */
  static ScalarReader.Result type(
      ConfigNode name, Settings.Entry setting, Optional<OutsideClasses> outside) {
    String text = name instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
    if (outside.isPresent()) {
      return outside.get().find(text, setting.elementType());
    }
    Map<String, Class<?>> kinds = setting.kinds();
    Class<?> kind = kinds.get(text);
    return kind != null
        ? ScalarReader.Result.of(kind)
        : ScalarReader.Result.wrong(
            text.isEmpty()
                ? "is required"
                : "there is no kind " + name.describe() + NearestMatch.meant(text, kinds.keySet()),
            known(setting));
  }

  /** The kinds there are, for a message. */
  static String known(Settings.Entry setting) {
    return "Known kinds: " + String.join(", ", setting.kinds().keySet());
  }
}
