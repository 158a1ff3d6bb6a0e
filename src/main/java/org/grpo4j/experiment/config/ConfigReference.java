package org.grpo4j.experiment.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.grpo4j.declare.Kind;

/** The settings for people, as text for a terminal. */
public final class ConfigReference {

  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  private final List<String> lines = new ArrayList<>();

  /** The families that are being described: a mixture of tasks is a task. */
  private final Set<Class<?>> families = new HashSet<>();

  private ConfigReference() {}

  /** All settings of {@code record}, two lines each, for a terminal. */
  public static String plain(Class<? extends Record> record) {
    ConfigReference reference = new ConfigReference();
    reference.list(record, "");
    return String.join("\n", reference.lines) + "\n";
  }

  private void list(Class<?> record, String path) {
    for (Settings.Entry setting : Settings.of(record)) {
      String key = RecordBinder.join(path, setting.key());
      Class<?> type = setting.elementType();
      if (setting.isSection()) {
        list(type, key);
        continue;
      }
      String standard = standard(setting);
      lines.add(key + (standard.isEmpty() ? "" : " = " + standard));
      lines.add("    " + meaning(setting) + " (" + values(setting).replace("`", "") + ")");
      if (setting.isChoice() && families.add(type)) {
        for (Map.Entry<String, Class<?>> kind : setting.kinds().entrySet()) {
          lines.add("    kind " + kind.getKey() + ": " + setting.description(kind.getValue()));
          list(kind.getValue(), key);
        }
        families.remove(type);
      } else if (type.isRecord()) {
        list(type, key + "[]");
      }
    }
  }

  /** The default as it is written in a file; empty if the setting must be given. */
  static String standard(Settings.Entry setting) {
    return setting.annotation().byDefault();
  }

  /** The meaning with its unit, in a sentence or two. */
  static String meaning(Settings.Entry setting) {
    String unit = setting.annotation().unit();
    return setting.annotation().value() + (unit.isEmpty() ? "" : " Unit: " + unit + ".");
  }

  /** The values that there are, in Markdown. */
  static String values(Settings.Entry setting) {
    Class<?> type = setting.elementType();
    if (setting.type() == List.class) {
      return "list of "
          + (type.isRecord() || setting.isChoice() ? "sections" : valuesOf(type, setting));
    }
    return valuesOf(type, setting);
  }

  private static String valuesOf(Class<?> type, Settings.Entry setting) {
    String range = setting.annotation().range();
    String rule = range.isEmpty() ? "" : " " + Interval.parse(range).rule();
    if (setting.isChoice()) {
      return "kind: `" + String.join("`, `", setting.kinds().keySet()) + "`";
    }
    if (type.isRecord()) {
      return "section";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> "`" + Settings.constant((Enum<?>) constant) + "`")
          .collect(Collectors.joining(", "));
    }
    if (type == int.class || type == long.class) {
      return "whole number" + rule;
    }
    if (type == double.class) {
      boolean mayBeInfinite = rule.length() > 0 && Interval.parse(range).contains(UNBOUNDED);
      return "number" + rule + (mayBeInfinite ? ", or `none`" : "");
    }
    if (type == java.util.OptionalDouble.class) {
      return "number" + rule + ", or `none`";
    }
    return type == boolean.class ? "`true` or `false`" : "text";
  }

  /** The description of a kind, in a sentence that ends with the number of its equation. */
  public static String sentence(Class<?> kind) {
    Kind declared = Settings.kind(kind);
    String description = declared.description();
    return declared.equation() == 0
        ? description
        : description.substring(0, description.length() - 1)
            + " (Eq. "
            + declared.equation()
            + ").";
  }
}
