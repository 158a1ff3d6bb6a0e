package org.grpo4j.experiment.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.declare.Kind;

/** The settings for people: as a Markdown page and as text for a terminal. */
public final class ConfigReference {

  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  private final List<String> lines = new ArrayList<>();

  /** The families that are being described: a mixture of tasks is a task. */
  private final Set<Class<?>> families = new HashSet<>();

  private ConfigReference() {}

  /** Tables of all settings of {@code record}, one a section, for a Markdown page. */
  public static String markdown(Class<? extends Record> record) {
    ConfigReference reference = new ConfigReference();
    reference.rows(record, "");
    return String.join("\n", reference.lines) + "\n";
  }

  /** All settings of {@code record}, two lines each, for a terminal. */
  public static String plain(Class<? extends Record> record) {
    ConfigReference reference = new ConfigReference();
    reference.list(record, "");
    return String.join("\n", reference.lines) + "\n";
  }

  private void heading(String path, String note) {
    paragraph("### `" + path + "`" + (note.isEmpty() ? "" : " " + note));
  }

  private void paragraph(String text) {
    lines.add(text);
    lines.add("");
  }

  private void rows(Class<?> record, String path) {
    List<Settings.Entry> settings = Settings.of(record);
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
      if (setting.isChoice() && families.add(type)) {
        for (Map.Entry<String, Class<?>> kind : setting.kinds().entrySet()) {
          heading(inner, "of kind `" + kind.getKey() + "`");
          paragraph(setting.description(kind.getValue()));
          rows(kind.getValue(), inner);
        }
        families.remove(type);
      } else if (type.isRecord()) {
        heading(inner, "");
        if (type.isAnnotationPresent(Kind.class)) {
          paragraph(sentence(type));
        }
        rows(type, inner);
      }
    }
  }

  private void list(Class<?> record, String path) {
    for (Settings.Entry setting : Settings.of(record)) {
      String key = join(path, setting.key());
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
      boolean mayBeInfinite = rule.length() > 0 && Interval.parse(range).contains(UNBOUNDED);
      return "number" + rule + (mayBeInfinite ? ", or `none`" : "");
    }
    if (type == java.util.OptionalDouble.class) {
      return "number" + rule + ", or `none`";
    }
    return type == boolean.class ? "`true` or `false`" : "text";
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
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
