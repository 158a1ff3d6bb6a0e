package org.grpo4j.experiment.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.grpo4j.declare.Setting;

/**
 * Makes records of a parsed file. Every problem is collected, with its line and key, so that one
 * reading shows them all.
 */
public final class RecordBinder {

  /** The key that chooses a variant. */
  static final String KIND = "kind";

  private final List<ConfigProblem> problems = new ArrayList<>();

  private RecordBinder() {}

  /**
   * The settings of {@code section} as a record.
   *
   * @throws ConfigException if there are problems, with all of them
   */
  public static <R> R bind(ConfigNode.Section section, Class<R> record) {
    RecordBinder binder = new RecordBinder();
    Optional<R> bound = binder.record(section, "", record, List.of());
    if (bound.isEmpty() || !binder.problems.isEmpty()) {
      throw new ConfigException(binder.problems);
    }
    return bound.get();
  }

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

  private <R> Optional<R> record(
      ConfigNode.Section section, String path, Class<R> type, List<String> alsoAllowed) {
    refuseUnknownKeys(section, path, Settings.of(type), alsoAllowed);
    return create(section, path, type);
  }

  private <R> Optional<R> create(ConfigNode.Section section, String path, Class<R> type) {
    List<Settings.Entry> settings = Settings.of(type);
    List<Object> values = new ArrayList<>();
    int next = 0;
    for (RecordComponent component : Settings.components(type)) {
      if (Settings.isInline(component)) {
        create(section, path, component.getType()).ifPresent(values::add);
        next += Settings.of(component.getType()).size();
      } else {
        Settings.Entry setting = settings.get(next++);
        setting(section, join(path, setting.key()), setting).ifPresent(values::add);
      }
    }
    if (values.size() < Settings.components(type).size()) {
      return Optional.empty(); // the problems are known already
    }
    try {
      R made = Settings.create(type, values);
      problems.addAll(CrossChecks.problems(made, section, path));
      return Optional.of(made);
    } catch (IllegalArgumentException e) {
      return refusedByConstructor(section, path, settings, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A constructor's message begins with the component it is about: {@code heads: must divide …}.
   */
  private <T> Optional<T> refusedByConstructor(
      ConfigNode.Section section, String path, List<Settings.Entry> settings, String message) {
    for (Settings.Entry setting : settings) {
      String prefix = setting.component().getName() + ": ";
      if (message.startsWith(prefix)) {
        ConfigNode.Entry given = section.entries().get(setting.key());
        return reject(
            given == null ? section.origin() : given.value().origin(),
            join(path, setting.key()),
            message.substring(prefix.length()),
            "");
      }
    }
    return reject(section.origin(), path, message, "");
  }

  private Optional<Object> setting(
      ConfigNode.Section section, String path, Settings.Entry setting) {
    ConfigNode.Entry given = section.entries().get(setting.key());
    if (given != null) {
      return value(onDefault(given.value(), setting), path, setting);
    }
    Setting declared = setting.annotation();
    if (declared.byDefault().isEmpty()) {
      if (setting.isSection()) {
        return value(new ConfigNode.Section(Map.of(), section.origin()), path, setting);
      }
      return misspelt(section, setting.key())
          ? Optional.empty()
          : reject(section.origin(), path, "is required", "Add it: " + declared.value());
    }
    ConfigNode standard = YamlReader.read(declared.byDefault(), "default of " + path, false);
    return value(standard, path, setting);
  }

  /** A section that leaves something out has it from the setting's default. */
  private static ConfigNode onDefault(ConfigNode given, Settings.Entry setting) {
    String standard = setting.annotation().byDefault();
    if (standard.isEmpty() || !(given instanceof ConfigNode.Section)) {
      return given;
    }
    ConfigNode merged = ConfigSource.merge(YamlReader.read(standard, "default", false), given);
    return merged instanceof ConfigNode.Section section
        ? new ConfigNode.Section(section.entries(), given.origin())
        : given;
  }

  /** True if an unknown key, which is a problem already, was probably meant to be {@code key}. */
  private static boolean misspelt(ConfigNode.Section section, String key) {
    return section.entries().keySet().stream()
        .anyMatch(given -> NearestMatch.of(given, List.of(key)).isPresent());
  }

  private Optional<Object> value(ConfigNode node, String path, Settings.Entry setting) {
    if (setting.type() != List.class) {
      return single(node, path, setting.type(), setting);
    }
    if (!(node instanceof ConfigNode.Sequence sequence)) {
      return reject(node.origin(), path, "must be a list, got " + node.describe(), setting.form());
    }
    List<Object> items = new ArrayList<>();
    for (ConfigNode item : sequence.items()) {
      single(item, path + "[" + items.size() + "]", setting.elementType(), setting)
          .ifPresent(items::add);
    }
    return items.size() == sequence.items().size() ? Optional.of(items) : Optional.empty();
  }

  private Optional<Object> single(
      ConfigNode node, String path, Class<?> type, Settings.Entry setting) {
    if (setting.isChoice()) {
      return variant(node, path, setting);
    }
    if (type.isRecord()) {
      if (node instanceof ConfigNode.Section section) {
        return record(section, path, type, List.of()).map(Object.class::cast);
      }
      return reject(
          node.origin(),
          path,
          "must be a section, got " + node.describe(),
          Settings.form(type) + "; known settings: " + keys(Settings.of(type)));
    }
    if (!(node instanceof ConfigNode.Scalar scalar) || scalar.isEmpty()) {
      return reject(
          node.origin(), path, "must be a single value, got " + node.describe(), "Give one value.");
    }
    ScalarReader.Result result = ScalarReader.read(scalar, type, setting.annotation());
    return result.problem().isEmpty()
        ? result.value()
        : reject(scalar.origin(), path, result.problem(), result.remedy());
  }

  private Optional<Object> variant(ConfigNode node, String path, Settings.Entry setting) {
    Map<String, Class<?>> kinds = setting.kinds();
    if (node instanceof ConfigNode.Sequence
        || (node instanceof ConfigNode.Scalar scalar && scalar.isEmpty())) {
      return reject(
          node.origin(),
          path,
          "must be a kind or a section, got " + node.describe(),
          "Known kinds: " + String.join(", ", kinds.keySet()));
    }
    ConfigNode.Section section = asSection(node);
    ConfigNode.Entry chosen = section.entries().get(KIND);
    ConfigNode kind =
        chosen == null ? new ConfigNode.Scalar("", false, node.origin()) : chosen.value();
    String name = kind instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
    Class<?> variant = kinds.get(name);
    if (variant == null) {
      String known = "Known kinds: " + String.join(", ", kinds.keySet());
      String rule =
          name.isEmpty()
              ? "is required"
              : "there is no kind " + kind.describe() + meant(name, kinds.keySet());
      return reject(kind.origin(), join(path, KIND), rule, known);
    }
    Optional<Object> made = record(section, path, variant, List.of(KIND)).map(Object.class::cast);
    return setting.type() != Optional.class
        ? made
        : made.map(value -> value instanceof Settings.Absent ? Optional.empty() : made);
  }

  private void refuseUnknownKeys(
      ConfigNode.Section section,
      String path,
      List<Settings.Entry> settings,
      List<String> alsoAllowed) {
    Set<String> known = new LinkedHashSet<>(alsoAllowed);
    settings.forEach(setting -> known.add(setting.key()));
    for (Map.Entry<String, ConfigNode.Entry> entry : section.entries().entrySet()) {
      if (!known.contains(entry.getKey())) {
        reject(
            entry.getValue().keyOrigin(),
            join(path, shorten(entry.getKey())),
            "there is no such setting" + meant(entry.getKey(), known),
            "Known here: " + (known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }

  private <T> Optional<T> reject(Origin origin, String path, String rule, String remedy) {
    problems.add(new ConfigProblem(origin, path, rule, remedy));
    return Optional.empty();
  }

  static String meant(String word, Set<String> known) {
    return NearestMatch.of(word, known).map(match -> "; did you mean " + match + "?").orElse("");
  }

  private static String keys(List<Settings.Entry> settings) {
    return String.join(", ", settings.stream().map(Settings.Entry::key).toList());
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shorten(String key) {
    return key.length() > 60 ? key.substring(0, 57) + "..." : key;
  }
}
