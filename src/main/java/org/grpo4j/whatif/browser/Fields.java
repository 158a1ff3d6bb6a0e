package org.grpo4j.whatif.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.teavm.jso.JSObject;

/**
 * An object from the page, its fields checked as they are read.
 *
 * @param path what to call it in messages, empty for the outermost
 * @param object the object
 */
public record Fields(String path, JSObject object) {

  /** An object from the page, or what is wrong with it. */
  public static Fields of(String path, JSObject object) {
    if (!Js.typeOf(object).equals("object")) {
      throw new IllegalArgumentException(path + ": must be an object, got " + Js.typeOf(object));
    }
    return new Fields(path, object);
  }

  /** Whether it has a field of that name that is not null. */
  public boolean has(String name) {
    return !Js.isMissing(Js.get(object, name));
  }

  /** The object of that name. */
  public Fields object(String name) {
    return of(where(name), required(name, "an object"));
  }

  /** The objects of the array of that name. */
  public List<Fields> objects(String name) {
    JSObject array = array(name);
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < Js.length(array); i++) {
      objects.add(of(where(name) + "[" + i + "]", entry(array, name, i)));
    }
    return objects;
  }

  /** Numbers; {@code null} is {@code NaN}. */
  public DoubleVector vector(String name) {
    JSObject array = array(name);
    double[] values = new double[Js.length(array)];
    for (int i = 0; i < values.length; i++) {
      boolean missing = Js.isMissing(Js.at(array, i));
      values[i] = missing ? Double.NaN : number(entry(array, name, i), where(name) + "[" + i + "]");
    }
    return DoubleVector.of(values);
  }

  /** The numbers of that name, if they are there. */
  public Optional<DoubleVector> optionalVector(String name) {
    return has(name) ? Optional.of(vector(name)) : Optional.empty();
  }

  /** Whole numbers. */
  public List<Integer> integers(String name) {
    DoubleVector values = vector(name);
    List<Integer> integers = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      integers.add(whole(values.get(i), where(name) + "[" + i + "]"));
    }
    return integers;
  }

  /** Whole numbers, if they are there. */
  public Optional<List<Integer>> optionalIntegers(String name) {
    return has(name) ? Optional.of(integers(name)) : Optional.empty();
  }

  /** A whole number. */
  public int integer(String name) {
    return whole(number(required(name, "a number"), where(name)), where(name));
  }

  /** A number. */
  public double number(String name) {
    return number(required(name, "a number"), where(name));
  }

  /** A text. */
  public String text(String name) {
    JSObject value = required(name, "a text");
    if (!Js.typeOf(value).equals("string")) {
      throw new IllegalArgumentException(where(name) + ": must be a text, got " + shown(value));
    }
    return Js.toText(value);
  }

  private static int whole(double value, String where) {
    int whole = (int) value;
    if (whole != value) {
      boolean isLarge = Math.abs(value) > Integer.MAX_VALUE;
      throw new IllegalArgumentException(
          where
              + (isLarge
                  ? ": must be a whole number of at most 2147483647"
                  : ": must be a whole number")
              + ", got "
              + value);
    }
    return whole;
  }

  /** A value that stands where another should, in short. */
  private static String shown(JSObject value) {
    String type = Js.typeOf(value);
    if (!type.equals("string") && !type.equals("number")) {
      return type;
    }
    String text = Js.toText(value);
    return text.isEmpty() ? "nothing" : text.substring(0, Math.min(40, text.length()));
  }

  private static double number(JSObject value, String where) {
    if (!Js.typeOf(value).equals("number")) {
      throw new IllegalArgumentException(where + ": must be a number, got " + shown(value));
    }
    return Js.toNumber(value);
  }

  private JSObject array(String name) {
    JSObject array = required(name, "an array");
    if (!Js.typeOf(array).equals("array")) {
      throw new IllegalArgumentException(
          where(name) + ": must be an array, got " + Js.typeOf(array));
    }
    return array;
  }

  private JSObject entry(JSObject array, String name, int index) {
    JSObject entry = Js.at(array, index);
    if (entry == null) {
      throw new IllegalArgumentException(where(name) + "[" + index + "]: is missing");
    }
    return entry;
  }

  private JSObject required(String name, String what) {
    JSObject value = Js.get(object, name);
    if (value == null || Js.isMissing(value)) {
      throw new IllegalArgumentException(where(name) + ": is missing, must be " + what);
    }
    return value;
  }

  private String where(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
