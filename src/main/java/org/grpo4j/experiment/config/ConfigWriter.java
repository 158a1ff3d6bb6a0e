package org.grpo4j.experiment.config;

import java.util.List;
import java.util.OptionalDouble;

/** Writes a record as the YAML that reads back to an equal record, every setting included. */
public final class ConfigWriter {

  private final StringBuilder text = new StringBuilder();

  private ConfigWriter() {}

  /** The settings of {@code record}, one a line, in declaration order. */
  public static String write(Record record) {
    ConfigWriter writer = new ConfigWriter();
    writer.settings(record, "");
    return writer.text.toString();
  }

  private void settings(Object record, String indent) {
    for (Settings.Entry setting : Settings.of(record.getClass())) {
      Object value = Settings.value(record, setting.component());
      if (value instanceof List<?> list) {
        list(setting.key(), list, indent);
      } else if (value instanceof Record section) {
        section(setting, section, indent);
      } else {
        line(indent, setting.key() + ": " + scalar(value));
      }
    }
  }

  private void section(Settings.Entry setting, Record section, String indent) {
    boolean empty = Settings.of(section.getClass()).isEmpty();
    if (setting.isChoice() && empty) {
      line(indent, setting.key() + ": " + Settings.kind(section.getClass()).value());
      return;
    }
    line(indent, setting.key() + ":");
    if (setting.isChoice()) {
      line(indent + "  ", RecordBinder.KIND + ": " + Settings.kind(section.getClass()).value());
    }
    settings(section, indent + "  ");
  }

  private void list(String key, List<?> list, String indent) {
    if (list.isEmpty()) {
      line(indent, key + ": []");
      return;
    }
    line(indent, key + ":");
    for (Object item : list) {
      if (item instanceof Record record) {
        int start = text.length();
        settings(record, indent + "    ");
        text.setCharAt(start + indent.length() + 2, '-');
      } else {
        line(indent, "  - " + scalar(item));
      }
    }
  }

  private void line(String indent, String content) {
    text.append(indent).append(content).append('\n');
  }

  private static String scalar(Object value) {
    if (value instanceof Double number) {
      return NumberText.of(number);
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? NumberText.of(number.getAsDouble()) : "none";
    }
    if (value instanceof Enum<?> constant) {
      return Settings.constant(constant);
    }
    if (value instanceof String string) {
      boolean plain = string.matches("[A-Za-z][A-Za-z0-9_/.-]*") && !string.equals("null");
      return plain ? string : '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    return String.valueOf(value);
  }
}
