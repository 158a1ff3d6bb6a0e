package org.grpo4j.experiment.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.grpo4j.declare.Setting;

/** Reads single values: whole numbers, numbers, true or false, text and choices. */
final class ScalarReader {

  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  /** Decimal digits without leading zeros, YAML's octal trap. */
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,18})");

  /** Neither {@code .nan} nor {@code .inf}. */
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?");

  private ScalarReader() {}

  /**
   * A value, or what is wrong with it.
   *
   * @param value empty if there is a problem
   * @param problem empty if there is a value
   * @param remedy what to do about the problem
   */
  record Result(Optional<Object> value, String problem, String remedy) {

    static Result of(Object value) {
      return new Result(Optional.of(value), "", "");
    }

    static Result wrong(String problem, String remedy) {
      return new Result(Optional.empty(), problem, remedy);
    }
  }

  static Result read(ConfigNode.Scalar scalar, Class<?> type, Setting setting) {
    if (type == String.class) {
      return Result.of(scalar.text());
    }
    if (type.isEnum()) {
      return constant(scalar, type);
    }
    if (type == boolean.class) {
      return switch (scalar.quoted() ? "" : scalar.text()) {
        case "true" -> Result.of(true);
        case "false" -> Result.of(false);
        default -> Result.wrong("must be true or false, got " + scalar.describe(), "");
      };
    }
    if (scalar.text().equals(Settings.NONE) && mayBeNone(type, setting)) {
      return Result.of(type == double.class ? UNBOUNDED : OptionalDouble.empty());
    }
    return number(scalar, type, setting);
  }

  /** No number: an empty one, or infinity where the range has it. */
  private static boolean mayBeNone(Class<?> type, Setting setting) {
    boolean infinite =
        type == double.class
            && !setting.range().isEmpty()
            && Interval.parse(setting.range()).contains(UNBOUNDED);
    return infinite || type == OptionalDouble.class;
  }

  private static Result number(ConfigNode.Scalar scalar, Class<?> type, Setting setting) {
    boolean whole = type == int.class || type == long.class;
    String text = scalar.text();
    boolean wellFormed = (whole ? WHOLE : DECIMAL).matcher(text).matches();
    if (scalar.quoted() || !wellFormed) {
      String wanted = whole ? "a whole number" : "a finite number";
      String orNone = mayBeNone(type, setting) ? " or none" : "";
      return Result.wrong(
          "must be " + wanted + orNone + ", got " + scalar.describe(), example(setting));
    }
    double value = Double.parseDouble(text);
    Interval range = Interval.parse(setting.range().isEmpty() ? "(-inf, inf)" : setting.range());
    if (!range.contains(value)) {
      return Result.wrong("must be " + range.rule() + ", got " + text, example(setting));
    }
    try {
      if (type == int.class) {
        return Result.of(Integer.parseInt(text));
      }
      if (type == long.class) {
        return Result.of(Long.parseLong(text));
      }
    } catch (NumberFormatException e) {
      return Result.wrong("is too large, got " + text, example(setting));
    }
    if (Double.isInfinite(value)) {
      return Result.wrong("must be a finite number, got " + text, example(setting));
    }
    return Result.of(type == OptionalDouble.class ? OptionalDouble.of(value) : value);
  }

  private static Result constant(ConfigNode.Scalar scalar, Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(Settings.constant((Enum<?>) constant), constant);
    }
    Object chosen = constants.get(scalar.text());
    if (chosen != null) {
      return Result.of(chosen);
    }
    String names = String.join(", ", constants.keySet());
    String meant = NearestMatch.meant(scalar.text(), constants.keySet());
    return Result.wrong("must be one of " + names + ", got " + scalar.describe() + meant, "");
  }

  private static String example(Setting setting) {
    return setting.byDefault().isEmpty() ? "" : "The default is " + setting.byDefault() + ".";
  }
}
