package org.grpo4j.experiment.config;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.declare.Setting;

/**
 * The settings that record classes declare. All reflection of the program is in this file, except
 * that {@link OutsideClasses} loads classes.
 */
public final class Settings {

  /** The word that leaves an optional setting out. */
  public static final String NONE = "none";

  private Settings() {}

  /** The value of an optional setting that is left out. */
  public record Absent() {}

  /**
   * One setting.
   *
   * @param key its name in files
   * @param type its class, {@code List} for lists, {@code Optional} for what may be left out,
   *     {@link Chosen} for a variant that is made later
   * @param elementType class of a list's elements, of what may be left out or is made later,
   *     otherwise {@code type}
   * @param annotation what was declared
   * @param component the record component
   */
  public record Entry(
      String key,
      Class<?> type,
      Class<?> elementType,
      Setting annotation,
      RecordComponent component) {

    /** Whether it is a section: a record, or a choice among several. */
    boolean isSection() {
      return type.isRecord() && type != Chosen.class;
    }

    /** Whether it or, in a list, each of it has kinds. */
    public boolean isChoice() {
      return type == Optional.class || isFamily(elementType);
    }

    /** Whether a class from outside can be chosen, too. */
    boolean isOpen() {
      return elementType.isAnnotationPresent(Kinds.class);
    }

    /** The choices, by names in files. */
    public Map<String, Class<?>> kinds() {
      Map<String, Class<?>> kinds = new LinkedHashMap<>();
      if (type == Optional.class) {
        kinds.put(NONE, Absent.class);
      }
      kinds.putAll(Settings.kinds(elementType));
      return kinds;
    }

    /** The form of a list: with its default as the example, if that shows anything. */
    String form() {
      String standard = annotation.byDefault();
      boolean shows = standard.startsWith("[") && standard.length() > 2;
      return "Write " + (shows ? standard : "[a, b]") + " or one `- item` a line.";
    }

    /** The sentence about one of its kinds. */
    String description(Class<?> kind) {
      Kinds family = elementType.getAnnotation(Kinds.class);
      return kind != Absent.class
          ? ConfigReference.sentence(kind)
          : family != null ? family.none() : kind(elementType).none();
    }
  }

  /** The form of a section, with its first setting as the example. */
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
  public static List<Entry> of(Class<?> record) {
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
  public static String constant(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The components that can be set; for the others the record has a constructor without them. */
  public static List<RecordComponent> components(Class<?> record) {
    RecordComponent[] all =
        record.isRecord() ? record.getRecordComponents() : new RecordComponent[0];
    return Arrays.stream(all)
        .filter(one -> isInline(one) || one.isAnnotationPresent(Setting.class))
        .toList();
  }

  /** True for a component whose settings stand among those of its record. */
  public static boolean isInline(RecordComponent component) {
    return component.isAnnotationPresent(Inline.class);
  }

  /** The variants of a family by their names in files; of a variant itself, that alone. */
  public static Map<String, Class<?>> kinds(Class<?> family) {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    if (!isFamily(family)) {
      kinds.put(kind(family).value(), family);
      return kinds;
    }
    Kinds listed = family.getAnnotation(Kinds.class);
    for (Class<?> variant : listed != null ? listed.value() : family.getPermittedSubclasses()) {
      kinds.putAll(kinds(variant));
    }
    return kinds;
  }

  /** The declaration of a variant. */
  public static Kind kind(Class<?> variant) {
    Kind kind = variant.getAnnotation(Kind.class);
    if (kind == null) {
      throw new IllegalStateException(variant + " needs @Kind");
    }
    return kind;
  }

  /** The value of {@code component} in {@code record}. */
  public static Object value(Object record, RecordComponent component) {
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
   * A new record, or an object of a class without settings.
   *
   * @param context what comes before the settings in the constructor, if that asks for it
   * @throws IllegalArgumentException what its constructor throws, or why there is no object
   */
  static <T> T create(Class<T> type, List<Object> values, Object... context) {
    List<Object> all = new ArrayList<>(List.of(context));
    all.addAll(values);
    try {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        for (List<Object> arguments : List.of(all, values)) {
          if (takes(constructor, arguments)) {
            return type.cast(constructor.newInstance(arguments.toArray()));
          }
        }
      }
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw refused(type, "its constructor threw " + cause, cause);
    } catch (ExceptionInInitializerError e) {
      throw refused(type, "its static initialiser threw " + e.getCause(), e);
    } catch (InstantiationException | LinkageError e) {
      throw refused(type, "there is no object of it: " + e, e);
    } catch (IllegalAccessException e) {
      // as if it were not there
    }
    throw new IllegalArgumentException(
        ("class %s: must have a public constructor without arguments, or be a record with @Setting"
                + " at every component")
            .formatted(type.getName()));
  }

  private static boolean takes(Constructor<?> constructor, List<Object> arguments) {
    Class<?>[] types = constructor.getParameterTypes();
    if (types.length != arguments.size()) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (!MethodType.methodType(types[i]).wrap().returnType().isInstance(arguments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static RuntimeException refused(Class<?> type, String what, Throwable cause) {
    boolean outside = OutsideClasses.isOutside(type);
    if (outside && cause.getClass() != IllegalArgumentException.class) {
      return new IllegalArgumentException("class " + type.getName() + ": " + what, cause);
    }
    return cause instanceof RuntimeException own
        ? own
        : new IllegalStateException("cannot create " + type, cause);
  }
}
