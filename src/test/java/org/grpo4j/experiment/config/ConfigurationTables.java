package org.grpo4j.experiment.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.declare.Kind;

/** The settings of a record as tables of a Markdown page, one a section. */
public final class ConfigurationTables {

  private final List<String> lines = new ArrayList<>();

  /** The families that are being described: a mixture of tasks is a task. */
  private final Set<Class<?>> families = new HashSet<>();

  private ConfigurationTables() {}

  /** Tables of all settings of {@code record}. */
  public static String of(Class<? extends Record> record) {
    ConfigurationTables tables = new ConfigurationTables();
    tables.rows(record, "");
    return String.join("\n", tables.lines) + "\n";
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
      String standard = ConfigReference.standard(setting);
      lines.add(
          String.format(
              "| `%s` | %s | %s | %s |",
              setting.key(),
              ConfigReference.values(setting),
              standard.isEmpty() ? "" : "`" + standard + "`",
              ConfigReference.meaning(setting)));
    }
    lines.add("");
    for (Settings.Entry setting : settings) {
      Class<?> type = setting.elementType();
      String inner =
          RecordBinder.join(path, setting.key()) + (setting.type() == List.class ? "[]" : "");
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
          paragraph(ConfigReference.sentence(type));
        }
        rows(type, inner);
      }
    }
  }
}
