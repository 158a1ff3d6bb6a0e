package org.grpo4j.experiment.config;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Writes a record as the YAML that reads back to an equal record, every setting included. */
public final class ConfigWriter {

  private final Map<String, Object> replaced;
  private final StringBuilder text = new StringBuilder();
  private final Set<Class<?>> outside = new LinkedHashSet<>();

  private ConfigWriter(Map<String, Object> replaced) {
    this.replaced = replaced;
  }

  /** The settings of {@code record}, one a line, in declaration order. */
  public static String write(Record record) {
    return write(record, Map.of());
  }

  /**
   * The same with other values of some of its settings.
   *
   * @param replaced value by key, of settings of {@code record} itself
   */
  public static String write(Record record, Map<String, Object> replaced) {
    ConfigWriter writer = new ConfigWriter(replaced);
    writer.settings(record, "");
    return writer.text.toString();
  }

  /** The classes from outside that {@code record} names, each once. */
  public static Set<Class<?>> outside(Record record) {
    ConfigWriter writer = new ConfigWriter(Map.of());
    writer.settings(record, "");
    return writer.outside;
  }

  private void settings(Object record, String indent) {
    List<Settings.Entry> settings = Settings.of(type(record));
    int next = 0;
    int place = 0;
    for (RecordComponent component : Settings.components(type(record))) {
      Object value =
          record instanceof Chosen<?> chosen
              ? chosen.settings().get(place++)
              : Settings.value(record, component);
      if (Settings.isInline(component)) {
        settings(value, indent);
        next += Settings.of(component.getType()).size();
      } else {
        Settings.Entry setting = settings.get(next++);
        Object other = indent.isEmpty() ? replaced.get(setting.key()) : null;
        setting(setting, other == null ? value : other, indent);
      }
    }
  }

  private static Class<?> type(Object value) {
    return value instanceof Chosen<?> chosen ? chosen.type() : value.getClass();
  }

  private void setting(Settings.Entry setting, Object value, String indent) {
    if (value instanceof List<?> list) {
      list(setting, list, indent);
    } else if (value instanceof Optional<?> optional && optional.isPresent()) {
      section(setting, optional.get(), indent);
    } else if (value instanceof Record || (setting.isOpen() && setting.type() != Optional.class)) {
      section(setting, value, indent);
    } else {
      String written = scalar(value);
      boolean leftOut =
          setting.annotation().added() && written.equals(setting.annotation().byDefault());
      if (!leftOut) {
        line(indent, setting.key() + ": " + written);
      }
    }
  }

  private void section(Settings.Entry setting, Object section, String indent) {
    int start = text.length();
    settings(section, indent + "  ");
    String own = text.substring(start);
    text.setLength(start);
    Class<?> type = type(section);
    if (own.isEmpty() && setting.isChoice() && !OutsideClasses.isOutside(type)) {
      String kind = Settings.kind(type).value();
      if (!setting.annotation().added() || !kind.equals(setting.annotation().byDefault())) {
        line(indent, setting.key() + ": " + kind);
      }
      return;
    }
    if (own.isEmpty() && setting.annotation().added()) {
      return; // all that it has was added, too, and is as it was before
    }
    line(indent, setting.key() + ":");
    choice(setting, type, indent + "  ");
    text.append(own);
  }

  /** The line that says which of several kinds a section is, if there are several. */
  private void choice(Settings.Entry setting, Class<?> type, String indent) {
    if (OutsideClasses.isOutside(type)) {
      outside.add(type);
      line(indent, Choices.CLASS + ": " + type.getName());
    } else if (setting.isChoice()) {
      line(indent, Choices.KIND + ": " + Settings.kind(type).value());
    }
  }

  private void list(Settings.Entry setting, List<?> list, String indent) {
    if (list.isEmpty()) {
      boolean leftOut =
          setting.annotation().added() && setting.annotation().byDefault().equals("[]");
      if (!leftOut) {
        line(indent, setting.key() + ": []");
      }
      return;
    }
    line(indent, setting.key() + ":");
    for (Object item : list) {
      if (item instanceof Record section) {
        int start = text.length();
        choice(setting, type(section), indent + "    ");
        settings(section, indent + "    ");
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
      return number == Double.POSITIVE_INFINITY ? Settings.NONE : number(number);
    }
    if (value instanceof Optional<?>) {
      return Settings.NONE;
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? number(number.getAsDouble()) : Settings.NONE;
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

  /** The shortest text that reads back as {@code value}. */
  static String number(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    return size >= 1e-4 && size < 1e9
        ? exact.toPlainString()
        : exact.toString().replace("E+", "e").replace('E', 'e');
  }
}
