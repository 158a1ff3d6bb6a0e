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

  private final OutsideClasses classes;
  private final List<ConfigProblem> problems = new ArrayList<>();

  RecordBinder(OutsideClasses classes) {
    this.classes = classes;
  }

  /** The settings of {@code section} as a record, without classes from outside. */
  public static <R> R bind(ConfigNode.Section section, Class<R> record) {
    return bind(section, record, OutsideClasses.NONE);
  }

  /**
   * The settings of {@code section} as a record.
   *
   * @param classes where classes are that {@code section} names
   * @throws ConfigException if there are problems, with all of them
   */
  public static <R> R bind(ConfigNode.Section section, Class<R> record, OutsideClasses classes) {
    RecordBinder binder = new RecordBinder(classes);
    Optional<R> bound = binder.record(section, "", record);
    if (bound.isEmpty() || !binder.problems.isEmpty()) {
      throw new ConfigException(binder.problems);
    }
    return bound.get();
  }

  private <R> Optional<R> record(ConfigNode.Section given, String path, Class<R> type) {
    ConfigNode.Section section = Choices.withClassInItsPlace(given, Settings.of(type));
    refuseUnknownKeys(section, path, Settings.of(type), List.of());
    return create(section, path, type);
  }

  private <R> Optional<R> create(ConfigNode.Section section, String path, Class<R> type) {
    Optional<List<Object>> values = values(section, path, type);
    if (values.isEmpty()) {
      return Optional.empty(); // the problems are known already
    }
    try {
      R made = Settings.create(type, values.get());
      if (made instanceof CrossChecked checked) {
        checked.refusals().forEach(refusal -> problems.add(refusal.in(section, path)));
      }
      return Optional.of(made);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      return refusedByConstructor(section, path, Settings.of(type), message);
    }
  }

  /** The values of the settings of {@code type}; empty if one of them is wrong. */
  Optional<List<Object>> values(ConfigNode.Section section, String path, Class<?> type) {
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
    return values.size() < Settings.components(type).size()
        ? Optional.empty()
        : Optional.of(values);
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
      return value(ConfigSource.onDefault(given.value(), setting.annotation()), path, setting);
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
        return record(section, path, type).map(Object.class::cast);
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
    if (node instanceof ConfigNode.Sequence
        || (node instanceof ConfigNode.Scalar scalar && scalar.isEmpty())) {
      return reject(
          node.origin(),
          path,
          "must be a kind or a section, got " + node.describe(),
          Choices.known(setting));
    }
    ConfigNode.Section section = Choices.asSection(node);
    boolean outside = setting.isOpen() && section.entries().containsKey(Choices.CLASS);
    String key = outside ? Choices.CLASS : Choices.KIND;
    ConfigNode.Entry entry = section.entries().get(key);
    ConfigNode name =
        entry == null ? new ConfigNode.Scalar("", true, node.origin()) : entry.value();
    ScalarReader.Result found =
        Choices.type(name, setting, outside ? Optional.of(classes) : Optional.empty());
    if (found.value().isEmpty()) {
      String where = node instanceof ConfigNode.Scalar ? path : join(path, key);
      return reject(name.origin(), where, found.problem(), found.remedy());
    }
    Class<?> type = (Class<?>) found.value().get();
    try {
      return made(section, path, type, setting, key);
    } catch (RuntimeException | LinkageError e) {
      if (outside) {
        return reject(section.origin(), path, type.getName() + ": its settings: " + e, "");
      }
      throw e;
    }
  }

  private Optional<Object> made(
      ConfigNode.Section section, String path, Class<?> type, Settings.Entry setting, String key) {
    refuseUnknownKeys(section, path, Settings.of(type), List.of(key));
    if (setting.type() == Chosen.class) {
      return values(section, path, type).map(settings -> new Chosen<>(type, settings));
    }
    Optional<Object> made = create(section, path, type).map(Object.class::cast);
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
            "there is no such setting" + NearestMatch.meant(entry.getKey(), known),
            "Known here: " + (known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }

  private <T> Optional<T> reject(Origin origin, String path, String rule, String remedy) {
    problems.add(new ConfigProblem(origin, path, rule, remedy));
    return Optional.empty();
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
