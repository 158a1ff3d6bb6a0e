package org.grpo4j.experiment.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What record classes say about their settings. All reflection of the program is in this file. */
final class Settings {

  private Settings() {}

  /**
   * One setting.
   *
   * @param key its name in files
   * @param type its class, {@code List} for lists
   * @param elementType class of a list's elements, otherwise {@code type}
   * @param annotation what was declared
   * @param component the record component
   */
  record Entry(
      String key,
      Class<?> type,
      Class<?> elementType,
      Setting annotation,
      RecordComponent component) {

    /** Whether it is a section: a record, or a choice among several. */
    boolean isSection() {
      return type.isRecord();
    }

    boolean isChoice() {
      return Settings.isChoice(type);
    }
  }

  /** True for a setting with kinds; an enum whose constants have bodies is sealed too, in Java. */
  static boolean isChoice(Class<?> type) {
    return type.isSealed() && !type.isEnum();
  }

  /** The settings of a record, in declaration order. */
  static List<Entry> of(Class<?> record) {
    List<Entry> entries = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalStateException(record + "." + component.getName() + " needs @Setting");
      }
      Class<?> elementType = component.getType();
      Type generic = component.getGenericType();
      if (generic instanceof ParameterizedType parameterized) {
        elementType = (Class<?>) parameterized.getActualTypeArguments()[0];
      }
      entries.add(
          new Entry(
              key(component.getName()), component.getType(), elementType, setting, component));
    }
    return entries;
  }

  /** {@code groupSize} is written {@code group_size}. */
  static String key(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** {@code REFERENCE_FLOAT} is written {@code reference-float}. */
  static String constant(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The variants of a sealed setting by their names in files. */
  static Map<String, Class<?>> kinds(Class<?> sealed) {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (Class<?> variant : sealed.getPermittedSubclasses()) {
      if (variant.isSealed()) {
        kinds.putAll(kinds(variant));
      } else {
        kinds.put(kind(variant).value(), variant);
      }
    }
    return kinds;
  }

  /** What a variant says about itself. */
  static Kind kind(Class<?> variant) {
    Kind kind = variant.getAnnotation(Kind.class);
    if (kind == null) {
      throw new IllegalStateException(variant + " needs @Kind");
    }
    return kind;
  }

  /** The value of {@code component} in {@code record}. */
  static Object value(Object record, RecordComponent component) {
    try {
      Object value = component.getAccessor().invoke(record);
      if (value == null) {
        throw new IllegalStateException(component + " is null");
      }
      return value;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /**
   * A new record.
   *
   * @throws IllegalArgumentException what its constructor throws
   */
  static <R> R create(Class<R> record, List<Object> values) {
    Class<?>[] types = new Class<?>[values.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = record.getRecordComponents()[i].getType();
    }
    try {
      return record.getDeclaredConstructor(types).newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("cannot create " + record, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create " + record, e);
    }
  }
}
