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
import java.util.Optional;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.declare.Setting;

/** What record classes say about their settings. All reflection of the program is in this file. */
final class Settings {

  /** What leaves an optional setting out. */
  static final String NONE = "none";

  private Settings() {}

  /** What an optional setting is when it is left out. */
  record Absent() {}

  /**
   * One setting.
   *
   * @param key its name in files
   * @param type its class, {@code List} for lists, {@code Optional} for what may be left out
   * @param elementType class of a list's elements or of what may be left out, otherwise {@code
   *     type}
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

    /** Whether it or, in a list, each of it has kinds. */
    boolean isChoice() {
      return type == Optional.class || isFamily(elementType);
    }

    /** What can be chosen, by names in files. */
    Map<String, Class<?>> kinds() {
      Map<String, Class<?>> kinds = new LinkedHashMap<>();
      if (type == Optional.class) {
        kinds.put(NONE, Absent.class);
      }
      addKinds(elementType, kinds);
      return kinds;
    }

    /** How a list is written: with its default as the example, if that shows anything. */
    String form() {
      String standard = annotation.byDefault();
      return "Write "
          + (standard.startsWith("[") && standard.length() > 2 ? standard : "[a, b]")
          + " or one `- item` a line.";
    }

    /** The sentence about one of its kinds. */
    String description(Class<?> kind) {
      return kind == Absent.class ? kind(elementType).none() : kind(kind).description();
    }
  }

  /** How a section is written, with its first setting as the example. */
  static String form(Class<?> record) {
    Entry first = of(record).get(0);
    String value = first.annotation().byDefault();
    return "Write {" + first.key() + ": " + (value.isEmpty() ? "..." : value) + "}";
  }

  /** True for a type with kinds; an enum whose constants have bodies is sealed too, in Java. */
  private static boolean isFamily(Class<?> type) {
    return type.isAnnotationPresent(Kinds.class) || (type.isSealed() && !type.isEnum());
  }

  /** The settings of a record, in declaration order, those of inlined records among them. */
  static List<Entry> of(Class<?> record) {
    List<Entry> entries = new ArrayList<>();
    for (RecordComponent component : components(record)) {
      if (isInline(component)) {
        entries.addAll(of(component.getType()));
        continue;
      }
      Setting setting = component.getAnnotation(Setting.class);
      Class<?> elementType = component.getType();
      Type generic = component.getGenericType();
      if (generic instanceof ParameterizedType parameterized) {
        elementType = (Class<?>) parameterized.getActualTypeArguments()[0];
      }
      entries.add(
          new Entry(key(component, setting), component.getType(), elementType, setting, component));
    }
    return entries;
  }

  private static String key(RecordComponent component, Setting setting) {
    return setting.key().isEmpty() ? key(component.getName()) : setting.key();
  }

  /** {@code groupSize} is written {@code group_size}. */
  static String key(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** {@code REFERENCE_FLOAT} is written {@code reference-float}. */
  static String constant(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The components that can be set; for the others the record has a constructor without them. */
  static List<RecordComponent> components(Class<?> record) {
    List<RecordComponent> components = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      if (isInline(component) || component.isAnnotationPresent(Setting.class)) {
        components.add(component);
      }
    }
    return components;
  }

  static boolean isInline(RecordComponent component) {
    return component.isAnnotationPresent(Inline.class);
  }

  private static void addKinds(Class<?> type, Map<String, Class<?>> kinds) {
    if (type.isAnnotationPresent(Kinds.class)) {
      for (Class<?> variant : type.getAnnotation(Kinds.class).value()) {
        addKinds(variant, kinds);
      }
    } else if (isFamily(type)) {
      for (Class<?> variant : type.getPermittedSubclasses()) {
        addKinds(variant, kinds);
      }
    } else {
      kinds.put(kind(type).value(), type);
    }
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
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : components(record)) {
      types.add(component.getType());
    }
    try {
      return record
          .getDeclaredConstructor(types.toArray(new Class<?>[0]))
          .newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("cannot create " + record, e);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(
          record + ": needs @Setting at every component, or a constructor of those that have it",
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create " + record, e);
    }
  }
}
