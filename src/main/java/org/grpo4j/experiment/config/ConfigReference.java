package org.grpo4j.experiment.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can be set, for people: as a Markdown page and as text for a terminal. */
public final class ConfigReference {

  private final List<String> lines = new ArrayList<>();

  private ConfigReference() {}

  /** Tables of all settings of {@code record}, one a section, for a Markdown page. */
  public static String markdown(Class<? extends Record> record) {
    ConfigReference reference = new ConfigReference();
    reference.tables(record, "", "");
    return String.join("\n", reference.lines) + "\n";
  }

  /** All settings of {@code record}, two lines each, for a terminal. */
  public static String plain(Class<? extends Record> record) {
    ConfigReference reference = new ConfigReference();
    reference.list(record, "");
    return String.join("\n", reference.lines) + "\n";
  }

  private void tables(Class<?> record, String path, String note) {
    List<Settings.Entry> settings = Settings.of(record);
    if (!path.isEmpty()) {
      lines.add("### `" + path + "`" + (note.isEmpty() ? "" : " " + note));
      lines.add("");
    }
    if (record.isAnnotationPresent(Kind.class)) {
      lines.add(Settings.kind(record).description());
      lines.add("");
    }
    if (settings.isEmpty()) {
      return;
    }
    lines.add("| key | value | default | meaning |");
    lines.add("|---|---|---|---|");
    for (Settings.Entry setting : settings) {
      String standard = standard(setting);
      lines.add(
          String.format(
              "| `%s` | %s | %s | %s |",
              setting.key(),
              values(setting),
              standard.isEmpty() ? "" : "`" + standard + "`",
              meaning(setting)));
    }
    lines.add("");
    for (Settings.Entry setting : settings) {
      Class<?> type = setting.elementType();
      String inner = join(path, setting.key()) + (setting.type() == List.class ? "[]" : "");
      if (Settings.isChoice(type)) {
        for (Map.Entry<String, Class<?>> kind : Settings.kinds(type).entrySet()) {
          tables(kind.getValue(), inner, "of kind `" + kind.getKey() + "`");
        }
      } else if (type.isRecord()) {
        tables(type, inner, "");
      }
    }
  }

  private void list(Class<?> record, String path) {
    for (Settings.Entry setting : Settings.of(record)) {
      String key = join(path, setting.key());
      Class<?> type = setting.elementType();
      if (type.isRecord() && setting.type() != List.class) {
        list(type, key);
        continue;
      }
      String standard = standard(setting);
      lines.add(key + (standard.isEmpty() ? "" : " = " + standard));
      lines.add("    " + meaning(setting) + " (" + values(setting).replace("`", "") + ")");
      if (Settings.isChoice(type)) {
        for (Map.Entry<String, Class<?>> kind : Settings.kinds(type).entrySet()) {
          lines.add(
              "    kind " + kind.getKey() + ": " + Settings.kind(kind.getValue()).description());
          list(kind.getValue(), key);
        }
      } else if (type.isRecord()) {
        list(type, key + "[]");
      }
    }
  }

  private static String standard(Settings.Entry setting) {
    return setting.annotation().byDefault();
  }

  private static String meaning(Settings.Entry setting) {
    String unit = setting.annotation().unit();
    return setting.annotation().value() + (unit.isEmpty() ? "" : " Unit: " + unit + ".");
  }

  private static String values(Settings.Entry setting) {
    Class<?> type = setting.elementType();
    if (setting.type() == List.class) {
      return "list of "
          + (type.isRecord() || Settings.isChoice(type) ? "sections" : valuesOf(type, setting));
    }
    return valuesOf(type, setting);
  }

  private static String valuesOf(Class<?> type, Settings.Entry setting) {
    String range = setting.annotation().range();
    String rule = range.isEmpty() ? "" : " " + Interval.parse(range).rule();
    if (Settings.isChoice(type)) {
      return "kind: `" + String.join("`, `", Settings.kinds(type).keySet()) + "`";
    }
    if (type.isRecord()) {
      return "section";
    }
    if (type.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        names.add(Settings.constant((Enum<?>) constant));
      }
      return "`" + String.join("`, `", names) + "`";
    }
    if (type == int.class || type == long.class) {
      return "whole number" + rule;
    }
    if (type == double.class) {
      return "number" + rule;
    }
    if (type == java.util.OptionalDouble.class) {
      return "number" + rule + ", or `none`";
    }
    return type == boolean.class ? "`true` or `false`" : "text";
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
